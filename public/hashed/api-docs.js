// Tries the API from its page: gets a token, sends what the forms say, shows what is answered. The token is kept nowhere but in its field.

const byId = (id) => document.getElementById(id);
const token = byId('token');

/** Shows what became of something, as good or as bad. */
function tell(element, words, good) {
  element.textContent = words;
  element.dataset.tone = good ? 'positive' : 'danger';
}

/** Runs something for a form, once at a time. Whoever reads learns that there is no connection. */
async function once(form, status, run) {
  if (form.ariaBusy === 'true') return;
  form.ariaBusy = 'true';
  tell(status, 'Sending …', true);
  try {
    await run();
  } catch {
    tell(status, 'The server can’t be reached. Check your connection and try again.', false);
  } finally {
    form.ariaBusy = null;
  }
}

byId('token-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const form = event.target;
  const status = byId('token-status');
  once(form, status, async () => {
    const body = new URLSearchParams(new FormData(form));
    body.set('grant_type', 'client_credentials');
    const response = await fetch(form.action, { method: 'POST', body, credentials: 'omit' });
    const answer = await response.json();
    if (!response.ok) return tell(status, answer.error_description ?? answer.message, false);
    token.value = answer.access_token;
    tell(status, `There is a token. It works for ${Math.round(answer.expires_in / 60)} minutes.`, true);
  });
});

/** The request that a form describes: fields named in the path go there, others into the query. */
function request(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  const options = { method: form.dataset.method, headers: {}, credentials: 'omit' };
  for (const field of form.querySelectorAll('.input')) {
    const name = field.name.split('.')[1];
    const place = `{${name}}`;
    if (field.localName === 'textarea') {
      options.body = field.value;
      options.headers['content-type'] = 'application/json';
    } else if (path.includes(place)) {
      path = path.replace(place, encodeURIComponent(field.value.trim()));
    } else if (field.value.trim()) {
      query.set(name, field.value.trim());
    }
  }
  if (token.value.trim()) options.headers.authorization = `Bearer ${token.value.trim()}`;
  return [query.size ? `${path}?${query}` : path, options];
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

for (const form of document.querySelectorAll('form.attempt')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const status = form.querySelector('.answer-status');
    const answer = form.querySelector('.answer');
    once(form, status, async () => {
      const response = await fetch(...request(form));
      answer.textContent = pretty(await response.text());
      answer.hidden = !answer.textContent;
      tell(status, `${response.status} ${response.statusText}`, response.ok);
    });
  });
  // Whoever names a tenant or a thing once means it in every form.
  form.addEventListener('change', ({ target }) => {
    const name = target.name.split('.')[1];
    if (!form.dataset.path.includes(`{${name}}`)) return;
    for (const field of document.querySelectorAll(`form.attempt .input[name$=".${name}"]`)) field.value = target.value;
  });
}

// The document is searched as one types: every word must occur.
const operations = [...document.querySelectorAll('.operation')];
function find() {
  const words = byId('find').value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const operation of operations) {
    const said = operation.querySelector('summary').textContent.toLowerCase();
    operation.hidden = !words.every((word) => said.includes(word));
  }
  for (const subject of document.querySelectorAll('.subject')) subject.hidden = !subject.querySelector('.operation:not([hidden])');
  const left = operations.filter((operation) => !operation.hidden).length;
  byId('found').textContent = words.length ? `${left} of ${operations.length} operations` : '';
}
byId('find').addEventListener('input', find);
// Something may have been typed before this script came.
find();

/** Opens what an address points into. */
function unfold() {
  byId(decodeURIComponent(location.hash.slice(1)))?.closest('details')?.setAttribute('open', '');
}
addEventListener('hashchange', unfold);
unfold();
