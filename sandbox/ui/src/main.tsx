import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './styles/tokens.css';
import './styles/shell.css';
import './styles/conversation.css';
import './styles/blocks.css';
import './styles/elements.css';
import './styles/modals.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root to draw into');
createRoot(root).render(<App />);
