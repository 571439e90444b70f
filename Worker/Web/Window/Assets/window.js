// Shows times in the reader's time zone, updates live parts and copies text. Every page works without it.
'use strict';

const number = new Intl.NumberFormat('en');
const words = {
  time: { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  fine: { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hourCycle: 'h23' },
  date: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
};
const full = { dateStyle: 'full', timeStyle: 'long' };

function localTimes(root) {
  for (const time of root.querySelectorAll('time')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.title = at.toLocaleString(undefined, full);
    const form = words[time.dataset.as];
    if (form) time.textContent = at.toLocaleString('en-GB', form);
  }
}

function ago(seconds) {
  if (seconds < 100) return `${number.format(seconds)} s`;
  return seconds < 6000 ? `${number.format(Math.round(seconds / 60))} min` : `${number.format(Math.round(seconds / 3600))} h`;
}

// Shows the age of the page when no more updates arrive.
function follow(address) {
  const age = document.getElementById('age');
  let seen = Date.now();
  let trouble = 'The connection is lost';
  const stream = new EventSource(address);
  stream.addEventListener('look', event => {
    const look = JSON.parse(event.data);
    if (!look.parts) {
      trouble = look.why;
      return;
    }
    seen = Date.now();
    trouble = 'The connection is lost';
    for (const [id, html] of Object.entries(look.parts)) renew(document.getElementById(id), html);
    tell();
  });
  stream.addEventListener('error', tell);
  setInterval(tell, 1000);

  function tell() {
    const old = Math.round((Date.now() - seen) / 1000);
    const isOld = old > 6;
    document.body.classList.toggle('stale', isOld);
    say(age, isOld ? `not live: this is ${ago(old)} old. ${trouble}` : 'live');
  }
}

// Changed only if the text differs, because screen readers announce every change.
function say(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

// Keeps the scroll position, open details and the focus.
function renew(element, html) {
  if (!element) return;
  const focused = element.contains(document.activeElement) ? [...element.querySelectorAll('a, button, [tabindex]')].indexOf(document.activeElement) : -1;
  const scrolled = [...element.querySelectorAll('.scroll, pre')].map(box => [box.scrollLeft, box.scrollTop]);
  const opened = [...element.querySelectorAll('details')].map(box => box.open);
  element.innerHTML = html;
  element.querySelectorAll('.scroll, pre').forEach((box, at) => { if (scrolled[at]) [box.scrollLeft, box.scrollTop] = scrolled[at]; });
  element.querySelectorAll('details').forEach((box, at) => { if (at < opened.length) box.open = opened[at]; });
  if (focused >= 0) element.querySelectorAll('a, button, [tabindex]')[focused]?.focus({ preventScroll: true });
  localTimes(element);
}

// A link to the JSON; with a clipboard, a button that copies it.
document.addEventListener('click', async event => {
  const link = event.target.closest?.('a[data-copy]');
  if (!link || !navigator.clipboard || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  const before = link.textContent;
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(answer.statusText);
    await navigator.clipboard.writeText(await answer.text());
    link.textContent = 'Copied';
  } catch {
    location.href = link.href;
    return;
  }
  setTimeout(() => { link.textContent = before; }, 2000);
});

localTimes(document);
if (document.body.dataset.live) follow(document.body.dataset.live);
if (document.body.dataset.again) setTimeout(() => location.reload(), Number(document.body.dataset.again) * 1000);
