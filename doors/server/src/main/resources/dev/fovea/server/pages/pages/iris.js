const SVG = 'http://www.w3.org/2000/svg';

/** A lens's shape as a small picture: a disc for 0 blades, else as many corners as blades. */
export function iris(blades) {
  const svg = document.createElementNS(SVG, 'svg');
  const shape = document.createElementNS(SVG, blades ? 'polygon' : 'circle');
  svg.setAttribute('viewBox', '-11 -11 22 22');
  svg.setAttribute('class', 'icon iris');
  svg.setAttribute('aria-hidden', 'true');
  if (blades) shape.setAttribute('points', corners(blades));
  else shape.setAttribute('r', '8.6');
  svg.append(shape);
  return svg;
}

function corners(blades) {
  return Array.from({ length: blades }, (_, k) => {
    const angle = (2 * Math.PI * k) / blades - Math.PI / 2;
    return `${(9.4 * Math.cos(angle)).toFixed(2)},${(9.4 * Math.sin(angle)).toFixed(2)}`;
  }).join(' ');
}
