/**
 * The thread that runs patterns, as text: it has to start from every bundle, and needs nothing of ours. `state` holds the
 * running pattern, counted from 1, and how often one has begun: what is read of a thread that answers no more.
 */
export const workerSource = `
const { parentPort, workerData } = require('node:worker_threads');
const { state } = workerData;
const patterns = workerData.patterns.map(({ regex, flags, keywords }) => ({ regex: new RegExp(regex, flags), keywords }));
const most = 1000;
parentPort.on('message', ({ text, skip }) => {
  const lower = text.toLowerCase();
  const found = [];
  patterns.forEach(({ regex, keywords }, index) => {
    if (skip.includes(index) || (keywords.length > 0 && !keywords.some((word) => lower.includes(word)))) return;
    Atomics.add(state, 1, 1);
    Atomics.store(state, 0, index + 1);
    let count = 0;
    for (const { indices } of text.matchAll(regex)) {
      const [start, end] = (indices.groups && indices.groups.secret) || indices[1] || indices[0];
      if (end > start) found.push(index, start, end);
      if (++count === most) break;
    }
  });
  Atomics.store(state, 0, 0);
  parentPort.postMessage(found);
});
`;
