/** Before the first state has come, or instead of it. */
export function LoadingScreen({ failure }: { failure: string | null }) {
  return (
    <main className="loading" aria-busy={failure === null}>
      {failure === null ? (
        <p>Opening the workspace…</p>
      ) : (
        <>
          <h1>The workspace could not be opened</h1>
          <p>{failure}</p>
          <button type="button" className="button primary" onClick={() => window.location.reload()}>
            Try again
          </button>
        </>
      )}
    </main>
  );
}
