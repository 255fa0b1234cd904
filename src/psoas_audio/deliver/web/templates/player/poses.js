// A figure that moves follows the repetitions that are heard; while breath is, it keeps still.
const REPETITION = ["up", "top", "down", "bottom"];
const poseAt = ([start, end, , from, to], t) => {
  const level = from + (to - from) * (1 - Math.cos(Math.PI * (t - start) / (end - start))) / 2;
  return level < 1 / 3 ? "start" : level < 2 / 3 ? "between" : "end";
};
const showPoses = (player) => {
  const figure = byId("figure");
  player.on("move", ({ t, breath }) => {
    if (breath && REPETITION.includes(breath[2])) setAttribute(figure, "data-pose", poseAt(breath, t));
    else figure.removeAttribute("data-pose");
  });
};
