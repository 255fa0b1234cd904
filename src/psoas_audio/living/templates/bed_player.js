// Plays the bed beside the voice: a second plain element, which follows the first one's events, also
// those of the lock screen.
const bedPlayer = (player, source) => {
  const voice = player.audio, bed = make("audio", { preload: "auto", hidden: true });
  const FAR = 0.35;  // seconds by which it may be away from the voice
  bed.id = "bed";
  bed.setAttribute("aria-hidden", "true");
  document.body.append(bed);
  let made = "";     // what it was made for

  const isOn = () => source.choices.bed !== "none" && Boolean(source.pools) && !source.streaming;

  // Makes the bed for the journey that is heard, if it isn't there yet.
  const prepare = () => {
    if (!isOn() || !source.whole) { made = ""; bed.removeAttribute("src"); return; }
    const { document: living, pools, whole, choices } = source;
    const found = living.beds.find(({ name }) => name === choices.bed);
    const wanted = `${choices.bed} ${choices.level} ${source.number}`;
    if (!found || wanted === made) return;
    made = wanted;
    const { size } = living.bedForm;
    const loop = pools.beds.subarray(found.first * size, (found.first + found.frames) * size);
    const granules = 2 * frameCount(whole.samples);
    const levels = bedLevels(whole.face, whole.numbers, found, choices.level, granules);
    const { url, nextSpare } = source.soundOf(bedMp3(living.bedForm, loop, whole.samples, levels));
    const at = voice.currentTime, isPlaying = !voice.paused;
    bed.onerror = async () => {
      const spare = made === wanted ? await nextSpare() : null;
      if (!spare || made !== wanted) return;
      bed.src = spare;
      if (!voice.paused) start();
    };
    bed.src = url;
    bed.addEventListener("loadedmetadata", () => { bed.currentTime = Math.max(at, voice.currentTime); }, { once: true });
    if (isPlaying) start();
  };
  const start = () => {
    if (!isOn() || !bed.src) return;
    bed.play().catch(() => { /* The voice goes on without it. */ });
  };
  const follow = () => {
    if (bed.readyState > 0 && Math.abs(bed.currentTime - voice.currentTime) > FAR) {
      bed.currentTime = voice.currentTime;
    }
  };

  // Both start in the same tap: some browsers let no sound begin later. A bed that comes when the frames of
  // a site's page are there is asked to play for nothing meanwhile.
  const tap = () => {
    if (player.playing) return;
    prepare();
    start();
    if (source.streaming && !bed.src) { bed.play().catch(() => { /* There is nothing yet. */ }); bed.pause(); }
  };
  for (const id of ["play", "room"]) byId(id).addEventListener("click", tap, { capture: true });
  voice.addEventListener("play", () => { prepare(); follow(); start(); });
  voice.addEventListener("playing", () => { follow(); start(); });
  for (const name of ["pause", "ended", "emptied", "waiting"]) {
    voice.addEventListener(name, () => bed.pause());
  }
  voice.addEventListener("seeked", follow);
  voice.addEventListener("timeupdate", follow);
  voice.addEventListener("ratechange", () => { bed.playbackRate = voice.playbackRate; });
  player.on("use", () => { prepare(); });
  return { prepare, element: bed };
};
