// Part of the page under `cargo xtask dev` only: reloads it once it was built anew.
let built;
setInterval(async () => {
  const answer = await fetch("/assets/built.txt", { cache: "no-store" }).catch(() => undefined);
  // While the server restarts there is no answer.
  if (!answer?.ok) return;
  const now = await answer.text();
  built ??= now;
  if (now !== built) location.reload();
}, 300);
