// The programme as an iCalendar file (RFC 5545), made for the first day and the time that are chosen.
const CALENDAR_LINE = 73; // bytes of a line that is folded
const foldLine = (line) => {
  const parts = [];
  let part = "", size = 0;
  for (const character of line) {
    const bytes = new TextEncoder().encode(character).length;
    if (size + bytes > CALENDAR_LINE) { parts.push(part); part = ""; size = 0; }
    part += character;
    size += bytes;
  }
  return [...parts, part].join("\r\n ");
};
const calendarText = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\n/g, "\\n");
const addDays = (iso, count) => {
  const day = new Date(`${iso}T12:00:00`);
  day.setDate(day.getDate() + count);
  return isoDay(day);
};
const isoDay = (day) => `${day.getFullYear()}-${twoDigits(day.getMonth() + 1)}-${twoDigits(day.getDate())}`;
const REMINDER = "-PT10M", MORNING = "PT8H"; // before a time; of an entry that lasts all day

const calendarOf = (session, start, at) => {
  const { words } = session, lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//psoas-audio//programme//EN", `X-WR-CALNAME:${calendarText(session.title)}`];
  const stamp = `${new Date().toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
  const home = location.protocol.startsWith("http") ? location.href.split("#")[0] : "";
  for (const day of session.days) {
    const date = addDays(start, dayIndex(day)).replaceAll("-", "");
    const ones = day.entries.map((entry) => session.sessions[entry.session]);
    const length = Math.ceil(ones.reduce((sum, one) => sum + one.face.length, 0) / 1000);
    const title = ones.map((one) => one.title).join(", ");
    const link = home && `${home}#day-${day.week}-${day.day}`;
    const when = at
      ? [`DTSTART:${date}T${at.replace(":", "")}00`, `DURATION:PT${length}S`]
      : [`DTSTART;VALUE=DATE:${date}`, "TRANSP:TRANSPARENT"];
    lines.push("BEGIN:VEVENT", `UID:${session.name}-${day.week}-${day.day}-${start}@psoas-audio`, `DTSTAMP:${stamp}`, ...when,
      `SUMMARY:${calendarText(`${session.title}: ${title}`)}`,
      `DESCRIPTION:${calendarText([link, words["safety-note"]].filter(Boolean).join("\n"))}`,
      ...(link ? [`URL:${link}`] : []),
      "BEGIN:VALARM", "ACTION:DISPLAY", `TRIGGER:${at ? REMINDER : MORNING}`, `DESCRIPTION:${calendarText(title)}`, "END:VALARM", "END:VEVENT");
  }
  return `${[...lines, "END:VCALENDAR"].map(foldLine).join("\r\n")}\r\n`;
};
const dayIndex = (day) => (day.week - 1) * 7 + day.day - 1;
const daysBetween = (from, to) => Math.round((Date.parse(`${to}T12:00:00Z`) - Date.parse(`${from}T12:00:00Z`)) / 864e5);
