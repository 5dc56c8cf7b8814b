// The page: what is typed, what came back, and what was looked up.

const at = (id) => document.getElementById(id);
const example = `# Ctrl+Enter runs this. What there is says the documentation.
query Search($text: String!) {
  search(query: $text, first: 10, facets: [KIND, TAG]) {
    totalCount
    edges { kind qualifiedName highlights { field fragment } }
    facets { field values { value count } }
  }
}
`;

let running = null;

function current() {
  return { operation: at('operation').value, variables: at('variables').value };
}

function load(entry) {
  at('operation').value = entry.operation;
  at('variables').value = entry.variables;
}

// paint colours JSON; everything goes through text nodes.
function paint(into, value) {
  const text = JSON.stringify(value, null, 2);
  const token = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\b(?:true|false|null)\b/g;
  let from = 0;
  const out = document.createDocumentFragment();
  for (const found of text.matchAll(token)) {
    const kind = found[1] ? (found[2] ? 'key' : 'string') : /[\d-]/.test(found[0][0]) ? 'number' : 'word';
    out.append(text.slice(from, found.index), element('span', { className: kind, textContent: found[1] || found[0] }), found[2] || '');
    from = found.index + found[0].length;
  }
  out.append(text.slice(from), '\n');
  into.append(out);
}

function tell(text, bad) {
  at('status').textContent = text;
  at('status').className = bad ? 'bad' : '';
}

async function run() {
  running?.abort();
  const entry = current();
  let variables = {};
  try {
    if (entry.variables.trim()) variables = JSON.parse(entry.variables);
  } catch (fault) {
    tell(`Variables: ${fault.message}`, true);
    at('variables').focus();
    return;
  }
  past.add(entry);
  showHistory();
  address.write(entry);
  const own = running = new AbortController();
  const body = { query: entry.operation, variables };
  const begun = performance.now();
  at('answer').textContent = '';
  at('answer').setAttribute('aria-busy', 'true');
  at('stop').hidden = false;
  tell('Running …');
  try {
    if (isSubscription(entry.operation)) {
      let count = 0;
      await listen(body, own.signal, (answer) => {
        paint(at('answer'), answer);
        tell(`${++count} events`, answer.errors);
      });
      tell(`${count} events, ended`);
    } else {
      const answer = await send(body, own.signal);
      paint(at('answer'), answer);
      tell(`${Math.round(performance.now() - begun)} ms${answer.errors ? `, ${answer.errors.length} errors` : ''}`, answer.errors);
    }
  } catch (fault) {
    if (own === running) tell(fault.name === 'AbortError' ? 'Stopped' : fault.message, fault.name !== 'AbortError');
  } finally {
    if (own === running) {
      running = null;
      at('stop').hidden = true;
      at('answer').removeAttribute('aria-busy');
    }
  }
}

function showHistory() {
  const options = past.read().map((entry, i) => element('option', { value: String(i), textContent: titleOf(entry.operation) }));
  at('history').replaceChildren(element('option', { value: '', textContent: '–' }), ...options);
}

// show shows a type of the documentation, or where it begins.
function show(name) {
  at('find').value = '';
  const root = link('Schema', () => show(null));
  if (!name) {
    at('trail').replaceChildren();
    at('doc').replaceChildren(...roots.flatMap((r) => typeView(types.get(r), show)));
    return;
  }
  at('trail').replaceChildren(root, ` › ${name}`);
  at('doc').replaceChildren(...typeView(types.get(name), show));
  at('doc').focus();
  at('docs').scrollTop = 0;
}

at('run').onclick = run;
at('stop').onclick = () => running?.abort();
at('share').onclick = async () => {
  address.write(current());
  try {
    await navigator.clipboard.writeText(location.href);
    tell('The link is copied');
  } catch {
    tell('The link is in the address bar');
  }
};
at('history').onchange = (event) => {
  const entry = past.read()[event.target.value];
  if (entry) load(entry);
};
at('docs-toggle').onclick = () => {
  const hidden = at('docs').toggleAttribute('hidden');
  document.querySelector('main').classList.toggle('wide', hidden);
  at('docs-toggle').setAttribute('aria-expanded', String(!hidden));
};
at('find').oninput = (event) => {
  if (event.target.value.trim()) at('doc').replaceChildren(...foundView(event.target.value.trim(), show));
  else show(null);
};
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    run();
  }
});
window.addEventListener('hashchange', () => {
  if (address.read().operation) load(address.read());
});

load(address.read().operation ? address.read() : past.read()[0] || { operation: example, variables: '{ "text": "order" }' });
showHistory();
loadSchema().then(() => show(null), (fault) => {
  at('doc').replaceChildren(element('p', { textContent: `The schema cannot be read: ${fault.message}` }));
});
