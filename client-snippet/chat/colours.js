const hues = 24;

/** The colour of a person: the same for everyone, whatever they are called. The style sheet keeps its contrast. */
export function hueOf(user) {
  let sum = 7;
  for (const character of user) sum = (sum * 31 + character.codePointAt(0)) % 3600;
  return sum * 7 % hues * (360 / hues);   // neighbours in number are far apart in colour
}

/** Through the style object: a style attribute would need a looser Content-Security-Policy. */
export function colourFor(element, user) {
  element.style.setProperty('--hue', String(hueOf(user)));
  return element;
}

/** The first letter of a name, whole. */
export function initialOf(name) {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? '?';
}
