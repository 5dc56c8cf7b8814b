// What was asked before, in this browser only, and the operation in the address,
// which is in its fragment: it is not sent anywhere.

const kept = 30;

const past = {
  read() {
    try {
      const list = JSON.parse(localStorage.getItem('weir.graphql.history') || '[]');
      return Array.isArray(list) ? list : [];
    } catch {
      return [];
    }
  },
  add(entry) {
    const same = (a) => a.operation === entry.operation && a.variables === entry.variables;
    const list = [entry, ...past.read().filter((a) => !same(a))].slice(0, kept);
    try {
      localStorage.setItem('weir.graphql.history', JSON.stringify(list));
    } catch {
      // A browser that keeps nothing has no history.
    }
  },
};

function titleOf(operation) {
  const named = operation.match(/\b(query|mutation|subscription)\s+(\w+)/);
  return named ? `${named[1]} ${named[2]}` : operation.replace(/\s+/g, ' ').trim().slice(0, 50);
}

const address = {
  read() {
    const values = new URLSearchParams(location.hash.slice(1));
    return { operation: values.get('query') || '', variables: values.get('variables') || '' };
  },
  write(entry) {
    const values = new URLSearchParams({ query: entry.operation });
    if (entry.variables.trim()) values.set('variables', entry.variables);
    history.replaceState(null, '', `#${values}`);
  },
};
