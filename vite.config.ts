import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'sandbox/ui',
  base: './',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // The renderer for rare blocks is a large chunk, loaded only when such a block appears.
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
  },
});
