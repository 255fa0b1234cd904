// Lists of a face have items [start, end, …] in milliseconds, sorted by start.
const lastIndex = (list, t) => {
  let low = 0, high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle][0] <= t) low = middle + 1; else high = middle;
  }
  return low - 1;
};
const during = (list, t) => {
  const item = list[lastIndex(list, t)];
  return item && t < item[1] ? item : null;
};

const twoDigits = (number) => String(number).padStart(2, "0");
const secondsClock = (s) => {
  const m = Math.floor(s / 60);
  return m >= 60
    ? `${Math.floor(m / 60)}:${twoDigits(m % 60)}:${twoDigits(s % 60)}`
    : `${m}:${twoDigits(s % 60)}`;
};
// Time left is rounded up, so that it ends with 0:01; a position is rounded down.
const clockLeft = (ms) => secondsClock(Math.max(0, Math.ceil(ms / 1000)));
const clockAt = (ms) => secondsClock(Math.max(0, Math.floor(ms / 1000)));

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
const inWords = (ms, words) => {
  const s = Math.round(ms / 1000), m = Math.floor(s / 60), rest = s % 60;
  const parts = [];
  if (m) parts.push(`${m} ${m === 1 ? words.minute : words.minutes}`);
  if (rest || !m) parts.push(`${rest} ${rest === 1 ? words.second : words.seconds}`);
  return parts.join(" ");
};
