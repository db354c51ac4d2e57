// The parallel document over the picture: one tab stop, keys that follow the drawing, names for screen readers.
import { h } from './dom.js';

const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'];
const TYPE_MS = 800;

// on: { focus(item), blur(event), pick(item), escape(), key(key, item) }
export class Outline {
  node = h('div', { role: 'tree', part: 'outline', class: 'tree' });
  items = [];
  #byDatum = new Map();
  #groups = [];
  #pool = [];
  #now = 0;
  #typed = '';
  #typedAt = 0;
  #on;
  #keys = []; // those that the widget itself answers

  constructor(on) {
    this.#on = on;
    this.node.addEventListener('keydown', (event) => this.#key(event));
    this.node.addEventListener('focusin', ({ target }) => {
      this.#stop(this.#pool.indexOf(target));
      on.focus(this.items[this.#now]);
    });
    this.node.addEventListener('focusout', on.blur);
    this.node.addEventListener('click', (event) => {
      const item = this.items[this.#pool.indexOf(event.target)];
      if (!item) return;
      event.stopPropagation(); // a screen reader's click: it has no place, only a target
      on.pick(item);
    });
  }

  get(datum) {
    return this.items[this.#byDatum.get(datum)];
  }

  focus(datum) {
    this.#go(this.#byDatum.get(datum) ?? this.#now, true);
  }

  update(items, groups, title, keys, selected) {
    this.#keys = keys.split(' ');
    const held = this.node.contains(this.node.getRootNode().activeElement);
    const kept = this.items[this.#now]?.datum;
    this.items = items;
    this.#byDatum = new Map(items.map((item, i) => [item.datum, i]).reverse());
    this.node.setAttribute('aria-label', title ?? '');
    this.node.hidden = !items.length;
    while (this.#groups.length < groups.length) this.#groups.push(this.node.appendChild(h('div', { role: 'group' })));
    while (this.#groups.length > groups.length) this.#groups.pop().remove();
    groups.forEach((name, i) => this.#groups[i].setAttribute('aria-label', name));
    while (this.#pool.length > items.length) this.#pool.pop().remove();
    items.forEach((item, i) => {
      const node = (this.#pool[i] ??= h('div', { role: 'treeitem' }));
      const home = this.#groups[item.group] ?? this.node;
      if (node.parentNode !== home) home.append(node);
      if (node.ariaLabel !== item.name) node.setAttribute('aria-label', item.name);
      node.setAttribute('aria-selected', selected(item));
      node.tabIndex = -1;
      node.className = item.w < 24 || item.h < 24 ? 'dot' : ''; // the ring of a small mark stands around it
      Object.assign(node.style, { left: item.x + 'px', top: item.y + 'px', width: item.w + 'px', height: item.h + 'px' });
    });
    this.#stop(this.#byDatum.get(kept) ?? 0);
    if (held) this.focus(); // its node may have gone, be another one's now, or have lost the focus on its way to another group
  }

  #stop(index) {
    if (index < 0) return;
    if (this.#pool[this.#now]) this.#pool[this.#now].tabIndex = -1;
    this.#now = index;
    if (this.#pool[index]) this.#pool[index].tabIndex = 0;
  }

  #go(index, still) {
    if (index === undefined || !this.#pool[index]) return;
    this.#stop(index);
    this.#pool[index].focus({ preventScroll: still });
  }

  #key(event) {
    const { key } = event;
    const { items } = this;
    const item = items[this.#now];
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const peers = items.flatMap(({ group }, i) => (group === item.group ? i : []));
    const arrow = ARROWS.indexOf(key);
    if (this.#keys.includes(key)) this.#on.key(key, item);
    else if (arrow >= 0) this.#go(this.#byDatum.get(item.go?.[arrow]));
    else if (key === 'Home') this.#go(peers[0]);
    else if (key === 'End') this.#go(peers.at(-1));
    else if (key === 'PageDown') this.#go(items.findIndex(({ group }) => group > item.group));
    else if (key === 'PageUp') {
      const before = items.findLast(({ group }) => group < item.group)?.group;
      this.#go(items.findIndex(({ group }) => group === before));
    } else if (key === 'Enter' || key === ' ') this.#on.pick(item);
    else if (key === 'Escape') this.#on.escape();
    else if (key.length === 1) this.#type(key, event.timeStamp);
    else return;
    event.preventDefault();
  }

  #type(letter, now) {
    this.#typed = (now - this.#typedAt < TYPE_MS ? this.#typed : '') + letter.toLowerCase();
    this.#typedAt = now;
    const { items } = this;
    const from = this.#now + (this.#typed.length === 1);
    for (let k = 0; k < items.length; k++) {
      const i = (from + k) % items.length;
      const { key, initials } = items[i];
      // ㅅㅅ finds 삼성
      if ([key, initials].some((name) => name?.toLowerCase().startsWith(this.#typed))) return this.#go(i);
    }
  }
}
