// What a page of a site has more than a page in one file.
page.extensions.push((player, session) => {
  const { audio } = player;
  audio.preload = "none"; // nothing is loaded before the listener asks for it
  player.on("play", () => { audio.preload = "auto"; });
  const keep = byId("keep"), save = byId("save-one-file");
  if (keep) showKeepButtons([keep], session.words);
  if (save) offerOneFile(save, session, session.words);
});
