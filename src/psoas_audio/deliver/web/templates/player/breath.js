// The circle that breathes: the browser's compositor moves it, and it is held against the sound a few
// times a second. So it costs next to nothing, and is never off.
const MAX_DRIFT = 5; // ms

// Firefox moves audio.currentTime on 25 times a second; between, it is up to so many ms old.
const COARSE_STEP = 45, STEADY_AFTER = 700; // ms; the second after sound has begun
const FRAMES_WATCHED = 12;
const isCoarse = async (audio) => {
  const seen = new Set();
  for (let i = 0; i < FRAMES_WATCHED; i++) {
    await new Promise(requestAnimationFrame);
    if (audio.paused || audio.seeking) return null;
    seen.add(audio.currentTime);
  }
  return seen.size < 0.7 * FRAMES_WATCHED;
};

// `step`: how old the time `at` may be, in ms. A time that is old is never too late.
const followSound = (animation, at, playing, rate, step) => {
  if (animation.playbackRate !== rate) animation.playbackRate = rate;
  const { currentTime: frame } = document.timeline;
  if (!playing || frame === null) {
    if (animation.playState !== "paused") animation.pause();
    animation.currentTime = at;
    return;
  }
  // The clock of animations stands at the last frame; the sound has gone on since.
  const start = frame - (at / rate - (performance.now() - frame));
  const behind = animation.startTime - start;
  const isOff = animation.startTime === null || behind > MAX_DRIFT || -behind > MAX_DRIFT + step;
  if (isOff) animation.startTime = start; // unlike play(), this begins at once
};

// The breaths that follow each other without a pause around t.
const breathsAround = (breaths, t) => {
  let first = lastIndex(breaths, t), last = first;
  if (first < 0 || t >= breaths[first][1]) return null;
  const joins = (a, b) => a && b && a[1] === b[0] && a[5] === b[5] && a[7] === b[7];
  while (joins(breaths[first - 1], breaths[first])) first--;
  while (joins(breaths[last], breaths[last + 1])) last++;
  return breaths.slice(first, last + 1);
};

// A raised cosine as a Bézier curve; the largest difference is 0.1 % of the way.
const RAISED_COSINE = "cubic-bezier(.3642, 0, .6358, 1)";
const LEAST = .5, LEAST_SOFT = .8; // size of the empty circle
const FADED = .4; // opacity of the empty circle where motion is reduced
const TRAIL_DELAY = 260; // ms

const showBreath = (player) => {
  const lung = byId("lung"), bead = byId("bead"), trails = [...document.querySelectorAll(".trail")];
  let run = null, still = null; // the breaths that are animated, and whether without motion
  let moving = []; // [animation, ms by which it is late]
  let known = false, step = 0; // of the sound's clock, in ms

  const keyframes = (length, frame) => [...run, [run[0][0] + length, 0, "", run[run.length - 1][4]]].map(
    (breath) => ({ offset: Math.min(1, (breath[0] - run[0][0]) / length), easing: RAISED_COSINE, ...frame(breath[3]) }),
  );
  const animate = () => {
    moving.forEach(([animation]) => animation.cancel());
    moving = [];
    if (!run) return;
    const length = run[run.length - 1][1] - run[0][0], least = run[0][5] ? LEAST_SOFT : LEAST;
    const timing = { duration: length, fill: "both" };
    const start = (element, frames, late) => {
      const animation = element.animate(frames, timing);
      animation.pause();
      moving.push([animation, late]);
    };
    if (still) {
      start(lung, keyframes(length, (full) => ({ opacity: FADED + (1 - FADED) * full })), 0);
      return;
    }
    const size = keyframes(length, (full) => ({ transform: `scale(${least + (1 - least) * full})` }));
    start(lung, size, 0);
    trails.forEach((trail, i) => start(trail, size, TRAIL_DELAY * (i + 1)));
    const turns = run[0][7];
    const cycles = run.filter((breath, i) => i === 0 || breath[6] !== run[i - 1][6]);
    start(bead, [...cycles.map((breath) => ({
      offset: (breath[0] - run[0][0]) / length, transform: `rotate(${360 * (breath[6] - 1)}deg)`,
    })), { offset: 1, transform: `rotate(${360 * turns}deg)` }], 0);
  };

  player.on("move", ({ t, breath, state }) => {
    const active = breath && state !== "ready" && state !== "end";
    const inRun = active && run && t >= run[0][0] && t < run[run.length - 1][1];
    if (!inRun || still !== reducedMotion.matches) {
      const next = active ? breathsAround(player.face.breaths, t) : null;
      if (next || run) {
        run = next;
        still = reducedMotion.matches;
        animate();
      }
    }
    if (!run) return;
    const { audio } = player;
    moving.forEach(([animation, late]) =>
      followSound(animation, t - run[0][0] - late, !audio.paused && !document.hidden, audio.playbackRate, step));
  });
  player.audio.addEventListener("playing", () => {
    if (known) return;
    setTimeout(async () => {
      const coarse = await isCoarse(player.audio);
      if (coarse === null) return;
      known = true;
      step = coarse ? COARSE_STEP : 0;
    }, STEADY_AFTER);
  });
  player.on("use", () => { run = null; });
  player.on("paint", ({ breath, state }) =>
    setAttribute(document.body, "data-phase", breath && state !== "ready" && state !== "end" ? breath[2] : ""));
};
