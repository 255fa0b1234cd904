// What is remembered of a programme: the first day and the time of day, when each entry was done, how many
// days are.
const recallProgramme = (name) => {
  const found = recallPlace(`psoas-audio programme ${name}`) || {};
  const done = found.done && typeof found.done === "object" ? found.done : {};
  const text = (value) => (typeof value === "string" ? value : "");
  return { start: text(found.start), at: text(found.at), done, days: Number(found.days) || 0 };
};
const rememberProgramme = (name, marks) => remember(`psoas-audio programme ${name}`, JSON.stringify(marks));
