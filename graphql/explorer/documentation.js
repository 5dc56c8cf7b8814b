// Documentation out of the schema itself.

const introspection = `{ __schema {
  queryType { name } mutationType { name } subscriptionType { name }
  types { kind name description
    fields(includeDeprecated: true) { name description isDeprecated deprecationReason type { ...T } args { name description defaultValue type { ...T } } }
    inputFields { name description defaultValue type { ...T } }
    interfaces { name } possibleTypes { name } enumValues(includeDeprecated: true) { name description }
  } } }
  fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }`;

const types = new Map();
const roots = [];

async function loadSchema() {
  const answer = await send({ query: introspection });
  if (!answer.data) throw new Error(answer.errors[0].message);
  const schema = answer.data.__schema;
  for (const type of schema.types) if (!type.name.startsWith('__')) types.set(type.name, type);
  for (const root of [schema.queryType, schema.mutationType, schema.subscriptionType]) if (root) roots.push(root.name);
}

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function link(name, go, className = 'link') {
  return element('button', { type: 'button', className, textContent: name, onclick: go });
}

// typeText gives the text of a type, with a link on its name.
function typeText(type, show) {
  switch (type.kind) {
    case 'NON_NULL': return [...typeText(type.ofType, show), '!'];
    case 'LIST': return ['[', ...typeText(type.ofType, show), ']'];
    default: return types.has(type.name) ? [link(type.name, () => show(type.name))] : [type.name];
  }
}

function described(item) {
  return item.description ? [element('p', { textContent: item.description })] : [];
}

function argumentsText(field, show) {
  if (!field.args?.length) return [];
  const each = field.args.flatMap((a, i) => [
    i ? ', ' : '', a.name, ': ', ...typeText(a.type, show), a.defaultValue === null ? '' : ` = ${a.defaultValue}`,
  ]);
  return ['(', ...each, ')'];
}

// typeView shows one type.
function typeView(type, show) {
  const list = element('ul', {});
  for (const field of type.fields || type.inputFields || []) {
    const gone = field.isDeprecated ? [element('p', { textContent: `Deprecated: ${field.deprecationReason}` })] : [];
    list.append(element('li', {}, element('span', { className: 'key', textContent: field.name }), ...argumentsText(field, show), ': ',
      ...typeText(field.type, show), ...described(field), ...gone));
  }
  for (const value of type.enumValues || []) {
    list.append(element('li', {}, element('span', { className: 'word', textContent: value.name }), ...described(value)));
  }
  for (const [title, names] of [['Implements', type.interfaces], ['May be', type.possibleTypes]]) {
    for (const { name } of names || []) list.append(element('li', {}, `${title} `, link(name, () => show(name))));
  }
  return [element('h3', { textContent: type.name }), ...described(type), list];
}

// foundView lists the types and fields whose names contain a text.
function foundView(text, show) {
  const list = element('ul', {});
  const wanted = text.toLowerCase();
  for (const type of types.values()) {
    if (type.name.toLowerCase().includes(wanted)) list.append(element('li', {}, link(type.name, () => show(type.name))));
    for (const field of type.fields || type.inputFields || []) {
      if (list.childElementCount >= 200) return [list];
      if (field.name.toLowerCase().includes(wanted)) {
        list.append(element('li', {}, link(type.name, () => show(type.name)), '.', element('span', { className: 'key', textContent: field.name })));
      }
    }
  }
  return list.childElementCount ? [list] : [element('p', { textContent: 'Nothing has that name.' })];
}
