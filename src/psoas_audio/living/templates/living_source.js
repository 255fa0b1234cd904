// Where a living page gets its sound: it joins the frames of the pool for what was chosen.
const SHORTEST_BEGINNING = 10000; // ms that are worth to begin with a file of the site
const livingSource = (session) => {
  const key = `psoas-audio ${session.name} ${session.digest}`;
  let urls = [];  // of what was joined; the last two are kept, since one may still play

  const loadDocument = unpack(session.document).then(readDocument);
  // The frames, as {pool, beds}: those of a page in one file are its end, those of a site's page are
  // a file beside it, which is loaded when something needs it.
  const fetchPools = async () => {
    const { frames, form } = await loadDocument;
    const answer = await fetch(session.pool, { priority: "low" });
    if (!answer.ok) throw new Error(String(answer.status));
    const bytes = new Uint8Array(await answer.arrayBuffer()), edge = frames * form.size;
    return { pool: bytes.subarray(0, edge), beds: bytes.subarray(edge) };
  };
  const readPools = async () => {
    await endOfPage();
    const read = async (id) => {
      const element = byId(id), { textContent, dataset } = element;
      element.remove();
      const bytes = fromText(textContent, Number(dataset.bytes));
      return new Uint8Array(await inflate(bytes).arrayBuffer());
    };
    return { pool: await read("pool"), beds: await read("beds") };
  };
  let asking = null;
  // Once for all who ask; after a failure it is tried anew. `source.pools` are they, once they are
  // there.
  const loadPools = () => {
    asking ||= (session.pool ? fetchPools() : readPools()).then((pools) => {
      source.pools = pools;
      return pools;
    }).catch((reason) => { asking = null; throw reason; });
    return asking;
  };
  if (!session.pool) loadPools();

  const toDataUri = (blob) => new Promise((go, fail) => {
    const reader = new FileReader();
    reader.onload = () => go(reader.result);
    reader.onerror = () => fail(reader.error);
    reader.readAsDataURL(blob);
  });

  // What a page from a server plays where blobs aren't played: the same bytes under an address of
  // its own, which the site's worker answers from the cache.
  const toCachedAddress = async (blob) => {
    if (!navigator.serviceWorker || !navigator.serviceWorker.controller) return null;
    const address = new URL(`${session.name}.joined-${Date.now()}.mp3`, location.href).href;
    const cache = await caches.open("psoas-audio joined");
    for (const old of await cache.keys()) await cache.delete(old);
    const headers = { "Content-Type": blob.type, "Content-Length": String(blob.size) };
    await cache.put(address, new Response(blob, { headers }));
    return address;
  };

  // The sound of `bytes` as {url, type, nextSpare}. `nextSpare` gives another address of the same
  // bytes, each time another one, or null: some browsers play no blobs.
  const soundOf = (bytes, type = "audio/mpeg") => {
    const blob = new Blob([bytes], { type });
    const url = URL.createObjectURL(blob);
    urls.push(url);
    const spares = [toCachedAddress, toDataUri];
    const nextSpare = async () => {
      while (spares.length) {
        const found = await spares.shift()(blob).catch(() => null);
        if (found) return found;
      }
      return null;
    };
    return { url, type, nextSpare };
  };
  const forgetOld = () => {
    urls.slice(0, -4).forEach((url) => URL.revokeObjectURL(url));
    urls = urls.slice(-4);
  };

  const source = {
    key,
    session,
    loadDocument,
    loadPools,
    soundOf,
    document: null,
    pools: null,
    journey: null,
    coming: null,  // a journey that waits for the frames
    whole: null,   // the journey as it is heard: {runs, samples, face, starts, numbers}
    streaming: false, // whether it is the site's own file that is heard: the bed is in it
    stream: null,     // that file, opened
    beginning: 0,     // ms from its start that are also those of another row, which is chosen
    choices: { length: 0, guidance: "", side: "", bed: "none", level: 0 },

    // The journey with `journey.row`, as the player needs it.
    openJourney(journey) {
      const { document, pools } = source;
      source.journey = journey;
      source.whole = assemble(document, journey);
      source.streaming = false;
      source.beginning = 0;
      source.coming = null;
      const mp3 = joinMp3(document.form, pools.pool, source.whole.runs, source.whole.samples);
      forgetOld();
      return { ...soundOf(mp3), face: source.whole.face, choices: source.choices };
    },

    // Whether what is chosen is in a file of the site, which streams.
    isStreamed() {
      const { document, choices } = source;
      return Boolean(session.url) && findRow(document, choices) === document.default
        && choices.bed === (document.offer.bed[0] || "none") && choices.level === 0;
    },
    openStream() {
      const { document } = source;
      source.beginning = 0;
      source.journey = newJourney(document, document.default);
      source.whole = assemble(document, source.journey);
      source.streaming = true;
      source.stream = { url: session.url, type: session.type, face: source.whole.face, choices: source.choices };
      return source.stream;
    },

    // Whether the file of the site that streams begins as `row` does, for a while from `ms` on. Its bed is
    // in it.
    beginsAsStream(row, ms) {
      const { document, choices } = source;
      const isSameBed = choices.bed === (document.offer.bed[0] || "none") && choices.level === 0;
      const shared = session.url && isSameBed ? sharedFrames(document, row, document.default) * FRAME_MS : 0;
      return shared - ms >= SHORTEST_BEGINNING;
    },
    // That file, as the beginning of `row`.
    openBeginning(row) {
      const { document } = source;
      source.journey = newJourney(document, row);
      source.whole = assemble(document, source.journey);
      source.streaming = true;
      source.beginning = sharedFrames(document, row, document.default) * FRAME_MS;
      source.stream = { url: session.url, type: session.type, face: source.whole.face, choices: source.choices };
      return source.stream;
    },

    async open(asked) {
      source.document = await loadDocument;
      source.choices = chosenFrom(source.document, asked, location.hash);
      const row = findRow(source.document, source.choices);
      source.showFirst(row);
      if (source.isStreamed()) return source.openStream();
      const { face } = assemble(source.document, newJourney(source.document, row));
      if (source.beginsAsStream(row, timeOf(face, askedPlace(location.hash) || recallPlace(key)) || 0)) return source.openBeginning(row);
      await loadPools();
      if (source.streaming) return source.stream; // chosen while the frames were on their way
      return source.openJourney(source.journey || newJourney(source.document, row));
    },
    showFirst() {},
  };
  return source;
};

// What can be chosen, from what was remembered and what a link carries: "#12m,reminder,left".
const chosenFrom = (document, asked, hash) => {
  const { offer } = document, usual = document.rows[document.default];
  const found = {
    length: usual.length, guidance: usual.guidance, side: usual.side,
    bed: offer.bed[0] || "none", level: 0, ...asked,
  };
  for (const word of decodeURIComponent(hash.replace(/^#/, "")).split(",")) {
    const time = /^(\d+)(m|s)(?:(\d+)s)?$/.exec(word);
    if (time) found.length = Number(time[1]) * (time[2] === "m" ? 60 : 1) + Number(time[3] || 0);
    for (const name of ["guidance", "side", "bed"]) {
      if (word && offer[name].includes(word)) found[name] = word;
    }
    if (word === "none") found.bed = "none";
  }
  for (const name of ["guidance", "side"]) {
    if (!offer[name].includes(found[name])) found[name] = usual[name];
  }
  if (!offer.bed.includes(found.bed)) found.bed = "none";
  const near = (length) => Math.abs(length - found.length);
  found.length = offer.lengths.reduce((a, b) => (near(b) < near(a) ? b : a), offer.lengths[0]);
  found.level = Math.max(-18, Math.min(6, Number(found.level) || 0));
  return found;
};

// The same as words of a link.
const choicesAsHash = (document, { length, guidance, side, bed }) => {
  const minutes = Math.floor(length / 60), seconds = length % 60;
  const time = `${minutes ? `${minutes}m` : ""}${seconds || !minutes ? `${seconds}s` : ""}`;
  const words = [time, guidance, side, document.offer.bed.length ? bed : ""];
  return `#${words.filter(Boolean).map(encodeURIComponent).join(",")}`;
};

page.source = livingSource;
page.hurts = () => {}; // its own button leads out by steps (actions.js)
