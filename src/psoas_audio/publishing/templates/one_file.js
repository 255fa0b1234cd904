// This page with its sound inside, as one file for a device without a network. Tags and comments are
// written so that they don't end this script where it stands in a page.
const asDataUri = (blob) => new Promise((go, fail) => {
  const reader = new FileReader();
  reader.addEventListener("load", () => go(reader.result));
  reader.addEventListener("error", () => fail(reader.error));
  reader.readAsDataURL(blob);
});
const fetched = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
};
const SESSION = '<\script type="application/json" id="session">';
const cut = (text, at) => [text.slice(0, at), text.slice(at)];
const inOneFile = async (session) => {
  const [html, sound] = await Promise.all([
    fetched(location.pathname).then((answer) => answer.text()),
    fetched(session.url).then((answer) => answer.blob()),
  ]);
  const cover = session.cover
    ? await fetched(session.cover).then((answer) => answer.blob()).then(asDataUri).catch(() => "") : "";
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]').content
    .split("; ").map((rule) => rule.replace(" 'self'", "")).filter((rule) => rule.includes(" ")).join("; ");
  const json = (text) => JSON.stringify({ ...JSON.parse(text), url: "", cover })
    .replace(/</g, "\\u003c").replace(/\u2028/g, "\\u2028").replace(/\u2029/g, "\\u2029");
  const [head, rest] = cut(html, html.indexOf(SESSION) + SESSION.length);
  const [data, script] = cut(rest, rest.indexOf("<\/script>"));
  const start = script.indexOf(' src="', script.lastIndexOf("<noscript")) + ' src="'.length;
  const [before, after] = cut(script, start);
  const own = head
    .replace(/<[!]--site-->[^]*?<[!]--\/site-->/g, "")
    .replace(/(http-equiv="Content-Security-Policy" content=")[^"]*/, (all, name) => name + policy.replace(/'/g, "&#39;"));
  const inside = await asDataUri(sound.slice(0, sound.size, session.type));
  return new Blob([own, json(data), before, inside, after.slice(after.indexOf('"'))], { type: "text/html" });
};
const offerOneFile = (button, session, say) => {
  if (!location.protocol.startsWith("http")) return;
  const words = button.firstElementChild;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    words.textContent = say["saving-offline"];
    try {
      const url = URL.createObjectURL(await inOneFile(session));
      make("a", { href: url, download: `${session.name}.html` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
      words.textContent = say["saved-one-file"];
    } catch { words.textContent = say["save-failed"]; }
    button.disabled = false;
  });
};
