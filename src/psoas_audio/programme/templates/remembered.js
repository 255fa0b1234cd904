// What is remembered of a programme: the first day, when each entry was done, how many days are.
const recallProgramme = (name) => {
  const found = recallPlace(`psoas-audio programme ${name}`) || {};
  const done = found.done && typeof found.done === "object" ? found.done : {};
  return { start: typeof found.start === "string" ? found.start : "", done, days: Number(found.days) || 0 };
};
const rememberProgramme = (name, marks) => remember(`psoas-audio programme ${name}`, JSON.stringify(marks));
