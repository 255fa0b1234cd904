// Starts the page: everything is there before the sound is.
document.body.classList.remove("without-script");
measureHeader();
const session = JSON.parse(byId("session").textContent);
const source = page.source(session);
const player = createPlayer(source, { ...session.words, need: session.need });
const actions = showBar(player);
for (const show of [showStage, showBreath, showPoses, showCycle, showCaptions, showChapters, showTranscript, showEnding]) show(player);
page.hurts(player);
bindDialogs();
for (const bind of [chooseTheme, chooseSpeed, bindSleepTimer, bindVibration, dimScreen, keepPlace]) bind(player);
listenToKeys(player, actions, chooseCaptions(player));
joinSystem(player, session, actions);
page.extensions.forEach((extend) => extend(player, session));

// A place in the address comes before the remembered one; either is offered, and nothing plays yet.
const kept = recallPlace(source.key), asked = askedPlace(location.hash);
const place = asked ? { ...asked, choices: kept && kept.choices } : kept;
if (source.first) player.use(source.first, place);
const openSource = () => source.open(place && place.choices).then(
  (opened) => player.use(opened, source.first ? null : place),
  (reason) => {
    const isTooOld = reason instanceof ReferenceError; // the browser lacks what the page is read with
    player.fail(session.words[isTooOld ? "error-browser" : "error-network"]);
    if (!isTooOld) addEventListener("click", openSource, { once: true });
  },
);
openSource();
addEventListener("hashchange", () => {
  const found = askedPlace(location.hash);
  if (found && player.started) player.go(found.at); else if (found) player.offer(found);
});
