// Why the sound doesn't play, in words: the browser, the network or the file.
const troubleWith = (audio, opened, words) => {
  const code = audio.error ? audio.error.code : 0;
  if (opened.type && !audio.canPlayType(opened.type)) return words["error-browser"];
  const fromNetwork = !/^(data|blob):/.test(opened.url) && location.protocol !== "file:";
  if (code === 2 || (fromNetwork && (code === 4 || !navigator.onLine))) return words["error-network"];
  return words["error-file"];
};
