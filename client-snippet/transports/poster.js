const mostMessages = 100;
const mostCharacters = 40_000;   // at most three bytes each: within the 128 KiB of a request

/**
 * Posts messages in their order, one request at a time; what was said meanwhile goes together.
 *
 * @param {string} base
 * @param {string} id
 * @param {() => void} failed  nothing can be posted any more
 */
export function createPoster(base, id, failed) {
  const url = new URL(`send?id=${id}`, base);
  let waiting = [];
  let posting = false;

  async function postAll() {
    while (waiting.length > 0) {
      const texts = take();
      const body = texts.length === 1 ? texts[0] : `[${texts.join()}]`;
      const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
      if (!answer.ok && answer.status !== 413) throw new Error(answer.statusText);   // one that is too long costs itself only
    }
  }

  function take() {
    let characters = 0;
    let count = 0;
    while (count < waiting.length && count < mostMessages && (count === 0 || characters + waiting[count].length <= mostCharacters)) {
      characters += waiting[count++].length;
    }
    return waiting.splice(0, count);
  }

  return {
    send(text) {
      waiting.push(text);
      if (posting) return true;
      posting = true;
      // A moment later: what is said in one go is posted in one go.
      Promise.resolve().then(postAll).then(() => { posting = false; }, failed);
      return true;
    },
  };
}
