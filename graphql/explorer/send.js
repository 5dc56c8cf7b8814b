// Sends operations to the address of this page: queries and mutations as JSON,
// subscriptions as server-sent events.

const headers = { 'Content-Type': 'application/json', 'Weir-Client': 'explorer' };

// isSubscription looks at the first operation only; the server says the rest.
function isSubscription(operation) {
  const plain = operation.replace(/"""[^]*?"""|"(?:\\.|[^"\\\n])*"|#.*/g, '');
  return /^[\s,]*(?:fragment\b[^{]*\{[^]*\}\s*)?subscription\b/.test(plain);
}

async function send(body, signal) {
  const response = await fetch(location.pathname, {
    method: 'POST', headers: { ...headers, Accept: 'application/json' }, body: JSON.stringify(body), signal,
  });
  return response.json();
}

// listen calls heard with each answer until the server or the signal ends it.
async function listen(body, signal, heard) {
  const response = await fetch(location.pathname, {
    method: 'POST', headers: { ...headers, Accept: 'text/event-stream' }, body: JSON.stringify(body), signal,
  });
  if (!(response.headers.get('Content-Type') || '').startsWith('text/event-stream')) {
    heard(await response.json());
    return;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ''; ;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop();
    for (const event of events) {
      const data = event.split('\n').filter((line) => line.startsWith('data: ')).map((line) => line.slice(6)).join('\n');
      if (data) heard(JSON.parse(data));
    }
  }
}
