// What the server has, or what lies beside the page on a web space.

async function get(path) {
  const answer = await fetch(path, { cache: "no-store" });
  const told = await answer.json().catch(() => null);
  if (!answer.ok) throw new Error(told?.error ?? `${path}: ${answer.status}`);
  return told;
}

export const list = () => get("data/list.json");
export const document = (id) => get(`data/${id}/document.json`);
export const state = (id) => get(`data/${id}/state.json`);
export const picture = (id, page) => `data/${id}/page-${page}.svg`;

// Gives the state after the decision; `meanwhile` where somebody else had decided before, and nothing was done.
export async function decide(id, wish) {
  const answer = await fetch(`decide/${id}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(wish),
  });
  const told = await answer.json().catch(() => null);
  if (answer.status === 409) return { ...told, meanwhile: true };
  if (!answer.ok) throw new Error(told?.error ?? `${answer.status}`);
  return told;
}
