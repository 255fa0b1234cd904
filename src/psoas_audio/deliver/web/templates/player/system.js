// The lock screen, headphones and the screen that stays on.
const joinSystem = (player, session, actions) => {
  const { audio } = player, media = navigator.mediaSession;
  const artist = session.artist || "";
  let shown = "";
  const showMetadata = () => {
    if (!media) return;
    const { chapter, t } = player.look();
    const title = chapter ? chapter[2] : session.title, [figure] = figureAt(player.face, t);
    if (shown === `${title} ${figure}`) return;
    shown = `${title} ${figure}`;
    const cover = session.cover ? [{ src: session.cover, type: "image/jpeg" }] : [];
    const tell = (artwork) => { media.metadata = new MediaMetadata({ title, artist, album: session.title, artwork }); };
    tell(cover);
    const name = shown;
    figurePicture(figure).then((picture) => { if (picture && shown === name) tell([picture, ...cover]); });
  };
  const showPosition = () => {
    if (!media || !media.setPositionState || !isFinite(audio.duration)) return;
    media.setPositionState({
      duration: audio.duration, playbackRate: audio.playbackRate,
      position: Math.min(audio.currentTime, audio.duration),
    });
  };
  const handlers = {
    play: player.play, pause: player.pause, stop: player.pause,
    seekbackward: actions.back, seekforward: actions.forward,
    previoustrack: actions["previous-step"], nexttrack: actions["next-step"],
    seekto: (details) => player.go(details.seekTime * 1000),
  };
  for (const [action, handler] of media ? Object.entries(handlers) : []) {
    try { media.setActionHandler(action, handler); } catch { /* Older browsers don't know it. */ }
  }
  player.on("play", () => { showMetadata(); showPosition(); });
  player.on("time", showMetadata);
  player.on("seek", showPosition);
  audio.addEventListener("ratechange", showPosition);

  // From the floor the phone is out of reach.
  let lock = null;
  const keepAwake = async () => {
    if (audio.paused || document.hidden || lock || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      lock.addEventListener("release", () => { lock = null; });
      if (audio.paused) lock.release();
    } catch { lock = null; }
  };
  player.on("play", keepAwake);
  player.on("pause", () => { if (lock) lock.release(); });
  document.addEventListener("visibilitychange", keepAwake);
};
