// Where a fixed page gets its sound: from the address beside it, or from the page's own last element.
const endOfPage = () => new Promise((go) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => go(), { once: true });
  else go();
});

const embeddedSound = (html) => {
  const found = /src="data:([^;"]+);base64,([^"]*)"/.exec(html);
  if (!found) return null;
  const data = `data:${found[1]};base64,${found[2]}`;
  try {
    const text = atob(found[2]), bytes = new Uint8Array(text.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
    return { url: URL.createObjectURL(new Blob([bytes], { type: found[1] })), spare: data, type: found[1] };
  } catch { return { url: data, type: found[1] }; }
};

const fixedSource = (session) => {
  const first = { url: session.url, type: session.type, face: session.face, choices: null };
  const open = async () => {
    if (session.url) return first;
    await endOfPage();
    const element = byId("sound");
    const sound = element && embeddedSound(element.textContent);
    if (element) element.remove();
    return { ...first, ...sound };
  };
  return { first, open, choices: null, key: `psoas-audio ${session.name} ${session.digest}` };
};

// What files of other pages change before the page starts: where its sound comes from, what binds the
// button "this hurts", and functions that are called with the player and the session.
const page = { source: fixedSource, hurts: (player) => bindHurts(player), extensions: [] };
