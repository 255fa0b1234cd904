// Starts the page: everything is there before the sound is.
document.body.classList.remove("without-script");
const session = JSON.parse(byId("session").textContent);
const source = page.source(session);
const player = createPlayer(source, { ...session.words, need: session.need });
const actions = showBar(player);
for (const show of [showStage, showBreath, showCycle, showCaptions, showChapters, showTranscript, showEnding]) show(player);
bindDialogs();
for (const bind of [chooseTheme, chooseSpeed, bindSleepTimer, bindVibration, dimScreen, keepPlace]) bind(player);
listenToKeys(player, actions, chooseCaptions(player));
joinSystem(player, session, actions);
page.extensions.forEach((extend) => extend(player, session));

const place = recallPlace(source.key);
const asked = /^#t=([\d.]+)$/.exec(location.hash);
if (source.first) player.use(source.first, place);
if (asked) player.go(Number(asked[1]) * 1000);
source.open(place && place.choices).then((opened) => player.use(opened, source.first ? null : place));
