// What is remembered between visits, if the browser allows it.
const recall = (name) => {
  try { return localStorage.getItem(name); } catch { return null; }
};
const remember = (name, value) => {
  try {
    if (value === null) localStorage.removeItem(name); else localStorage.setItem(name, value);
  } catch { /* Storage is blocked. */ }
};
const recallPlace = (key) => {
  const text = recall(key);
  if (text === null) return null;
  try {
    const value = JSON.parse(text);
    if (typeof value === "number") return { at: value }; // as earlier versions wrote it
    return value && typeof value === "object" && !Array.isArray(value) ? value : null;
  } catch { return null; }
};
