// Small conveniences; every page works without them.

// The verification desk by keyboard: digits choose a reason, A accepts, R refuses. Never while somebody types.
document.addEventListener("keydown", (event) => {
  const typing = /^(TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.type === "text" || event.target.type === "search";
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  wanted.focus();
  wanted.click();
});
