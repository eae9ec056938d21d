// Draws what was seen over a picture: one function for each layer, all in the picture's pixels.

const { lines, triangles } = await (await fetch('parts/face.json')).json();

const INK = [245, 248, 255];
const CONTOUR = [120, 225, 255];
const LIPS = [255, 150, 165];
const IRIS = [255, 205, 85];
const SHUT = [255, 112, 92];
const AXES = [[255, 105, 97], [119, 221, 119], [120, 160, 255]];
const NOSE = 1;
const TINY = 36; // pixels: there is no room for more than a box

/** The layers there are; "matte" is a picture of its own. */
export const layers = ['box', 'mesh', 'irises', 'gaze', 'pose', 'matte'];

const drawers = { mesh, irises, gaze, pose, box };

/** Draws the layers of all faces. */
export function drawSeen(context, seen, shown) {
  context.lineCap = 'round';
  context.lineJoin = 'round';
  for (const face of seen.faces.toReversed()) {
    const [, , width] = face.box;
    const unit = Math.min(6, Math.max(0.75, width / 160));
    for (const [layer, draw] of Object.entries(drawers)) {
      if (shown.has(layer) && (layer === 'box' || width >= TINY)) draw(context, face, unit);
    }
  }
}

const colour = ([r, g, b], alpha) => `rgb(${r} ${g} ${b} / ${alpha})`;

function stroke(context, ink, alpha, width) {
  context.strokeStyle = colour(ink, alpha);
  context.lineWidth = width;
  context.stroke();
}

function line(context, points, closed) {
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x + 0.5, y + 0.5);
  if (closed) context.closePath();
}

function feature(context, face, name, ink, alpha, width) {
  const { closed, points } = lines[name];
  line(context, points.map((point) => face.mesh[point]), closed);
  stroke(context, ink, alpha, width);
}

function mesh(context, face, unit) {
  const steps = [0.08, 0.14, 0.2];
  const wires = steps.map(() => new Path2D());
  for (let i = 0; i < triangles.length; i += 3) {
    const [a, b, c] = [face.mesh[triangles[i]], face.mesh[triangles[i + 1]], face.mesh[triangles[i + 2]]];
    const facing = turned(a, b, c);
    if (facing <= 0) continue;
    const path = wires[Math.min(steps.length - 1, Math.floor(facing * steps.length))];
    path.moveTo(a[0] + 0.5, a[1] + 0.5);
    path.lineTo(b[0] + 0.5, b[1] + 0.5);
    path.lineTo(c[0] + 0.5, c[1] + 0.5);
    path.closePath();
  }
  context.lineWidth = 0.5 * unit;
  wires.forEach((path, i) => {
    context.strokeStyle = colour(INK, 1.6 * steps[i]);
    context.stroke(path);
  });
  for (const name of ['oval', 'nose-ridge', 'nose-base']) feature(context, face, name, CONTOUR, 0.45, 0.9 * unit);
  for (const name of ['left-brow', 'right-brow']) feature(context, face, name, CONTOUR, 0.7, 1.15 * unit);
  for (const name of ['lips', 'mouth']) feature(context, face, name, LIPS, 0.95, 1.15 * unit);
}

/** The cosine between a triangle's normal and the direction to the camera. */
function turned(a, b, c) {
  const [ax, ay, az] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [bx, by, bz] = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
  const [nx, ny, nz] = [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
  return -nz / Math.max(1e-9, Math.hypot(nx, ny, nz));
}

/** Lids and irises: blue, yellow, then red as an eye closes. */
function irises(context, face, unit) {
  ['left-eye', 'right-eye'].forEach((name, i) => {
    const { open, confidence } = face.eyes[i];
    const ink = open < 0.5 ? mixed(SHUT, IRIS, 2 * open) : mixed(IRIS, CONTOUR, 2 * open - 1);
    feature(context, face, name, ink, 0.25 + 0.7 * confidence, 1.15 * unit);
    const [x, y] = face.irises[i];
    const rim = face.mesh[468 + 5 * i + 1];
    const radius = Math.hypot(rim[0] - x, rim[1] - y);
    const alpha = Math.min(1, 2 * open) * (0.25 + 0.75 * confidence);
    for (const r of [radius, 0.2 * radius]) {
      context.beginPath();
      context.arc(x + 0.5, y + 0.5, r, 0, 2 * Math.PI);
      stroke(context, IRIS, alpha, 1.1 * unit);
    }
  });
}

const mixed = (a, b, share) => a.map((v, i) => Math.round(v + share * (b[i] - v)));

/** From both irises along the gaze, fading. */
function gaze(context, face, unit) {
  const [yaw, pitch] = [radians(face.gaze.yaw), radians(face.gaze.pitch)];
  const reach = 0.75 * face.box[2];
  const [dx, dy] = [reach * Math.sin(yaw) * Math.cos(pitch), -reach * Math.sin(pitch)];
  for (const [x, y] of face.irises) {
    const fading = context.createLinearGradient(x, y, x + dx, y + dy);
    fading.addColorStop(0, colour(IRIS, 0.95));
    fading.addColorStop(1, colour(IRIS, 0));
    line(context, [[x, y], [x + dx, y + dy]], false);
    context.strokeStyle = fading;
    context.lineWidth = 1.8 * unit;
    context.stroke();
  }
}

/** The head's axes at the tip of the nose: R = Ry(yaw) Rx(-pitch) Rz(-roll). */
function pose(context, face, unit) {
  const [a, b, c] = [radians(face.pose.yaw), radians(-face.pose.pitch), radians(-face.pose.roll)];
  const across = [
    Math.cos(a) * Math.cos(c) + Math.sin(a) * Math.sin(b) * Math.sin(c),
    -Math.cos(a) * Math.sin(c) + Math.sin(a) * Math.sin(b) * Math.cos(c),
    Math.sin(a) * Math.cos(b),
  ];
  const up = [Math.cos(b) * Math.sin(c), Math.cos(b) * Math.cos(c), -Math.sin(b)];
  const [x, y] = face.mesh[NOSE];
  const length = 0.32 * face.box[2];
  AXES.forEach((ink, axis) => {
    line(context, [[x, y], [x + length * across[axis], y - length * up[axis]]], false);
    stroke(context, ink, 0.9, 1.6 * unit);
  });
}

const radians = (degrees) => (degrees * Math.PI) / 180;

/** Its corners. */
function box(context, face, unit) {
  const [left, top, width, height] = face.box;
  const arm = 0.14 * Math.min(width, height);
  for (const [x, dx] of [[left, arm], [left + width, -arm]]) {
    for (const [y, dy] of [[top, arm], [top + height, -arm]]) {
      context.beginPath();
      context.moveTo(x, y + dy);
      context.arcTo(x, y, x + dx, y, 0.35 * arm);
      context.lineTo(x + dx, y);
      stroke(context, INK, 0.85, 1.3 * unit);
    }
  }
}
