// Starts the page: everything is there before the sound is.
document.body.classList.remove("without-script");
const session = JSON.parse(byId("session").textContent);
const source = page.source(session);
const player = createPlayer(source, { ...session.words, need: session.need });
const actions = showBar(player);
for (const show of [showStage, showBreath, showCaptions, showChapters, showTranscript]) show(player);
listenToKeys(player, actions);
joinSystem(player, session, actions);
chooseTheme(player);
keepPlace(player);
page.extensions.forEach((extend) => extend(player, session));

const remembered = recallPlace(source.key);
const asked = /^#t=([\d.]+)$/.exec(location.hash);
if (source.first) player.use(source.first, remembered);
if (asked) player.go(Number(asked[1]) * 1000);
source.open(remembered && remembered.choices).then((opened) =>
  player.use(opened, source.first ? null : remembered));
