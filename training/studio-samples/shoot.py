"""Renders the studio's sample pictures into a work folder.

    blender -b -P shoot.py -- DATA WORK portrait|right|group|plate|clip [SAMPLES [SCALE]]
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "face-mesh")]

import bpy  # noqa: E402
import numpy as np  # noqa: E402

import parlour  # noqa: E402
import stage  # noqa: E402
from hair import Style  # noqa: E402
from heads import Head  # noqa: E402
from person import Act, Look, Person  # noqa: E402
from render import Skin  # noqa: E402
from story import acts  # noqa: E402


HOST = Look(seed=3)
POSE = Act(yaw=-10, pitch=1, roll=3, smile=0.62, turn=-16)
BASELINE = 3.2  # cm; the nearest point then moves by 60 pixels in pictures 1024 wide
PEOPLE = (
    (Look(seed=11, skin=(0.20, 0.095, 0.058), lips=(0.20, 0.075, 0.07), iris=(0.035, 0.016, 0.008), hair=(0.012, 0.009, 0.008),
          cloth=(0.50, 0.33, 0.08), blush=0.06, style=Style(length=5, volume=3.4, lift=1.0, curl=0.34, turns=3.0, tie=0.5,
                                                            hairline=(8.4, 0.78), count=24000, fall=0.1)),
     Act(yaw=16, pitch=2, roll=-3, gaze=(4, 0), smile=0.9, turn=14)),
    (Look(seed=24, iris=(0.07, 0.12, 0.17), hair=(0.20, 0.10, 0.040), cloth=(0.36, 0.10, 0.09), skin=(0.64, 0.42, 0.33),
          style=Style(length=20, parting=-2.0)),
     Act(yaw=-4, pitch=-2, roll=4, gaze=(0, 0), smile=0.6, turn=5)),
    (Look(seed=35, hair=(0.02, 0.013, 0.01), cloth=(0.12, 0.14, 0.20), skin=(0.47, 0.27, 0.19), lips=(0.36, 0.15, 0.13), beard=0.8,
          brows=0.5, style=Style(length=4.5, volume=0.9, parting=3.0, hairline=(8.8, 0.7), sweep=1.4, count=22000)),
     Act(yaw=-14, pitch=3, roll=-2, gaze=(-3, 0), smile=0.35, turn=-10)),
    (Look(seed=52, hair=(0.45, 0.42, 0.40), cloth=(0.14, 0.26, 0.20), skin=(0.60, 0.39, 0.30), iris=(0.08, 0.12, 0.08),
          style=Style(length=13, stops=-4.0, parting=2.5, volume=1.5)),
     Act(yaw=-26, pitch=0, roll=2, gaze=(-6, 0), smile=0.8, turn=-18)),
)


PLACES = ((-33, 20, 4), (-11, -8, -5), (12, 18, 6), (33, -6, -3))  # right, back, up


def cast(data, look):
    head = Head(data / "head")
    return Person(head, Skin(head), data / "head/generic_neutral_mesh.obj", look)


def shoot(work, name):
    """Writes NAME.png, 16 bit, tone-mapped for display; as EXR what tells surfaces apart, NAME-normal0001 and NAME-albedo0001, and
    NAME-depth0001, centimetres along the axis."""
    scene = bpy.context.scene
    scene.render.image_settings.file_format, scene.render.image_settings.color_depth = "PNG", "16"
    scene.render.filepath = str(work / f"{name}.png")
    guides(work, name)
    bpy.ops.render.render(write_still=True)


def guides(work, name):
    scene, layer = bpy.context.scene, bpy.context.view_layer
    layer.use_pass_z = layer.cycles.denoising_store_passes = True
    scene.use_nodes = True
    tree = scene.node_tree
    tree.nodes.clear()
    layers = tree.nodes.new("CompositorNodeRLayers")
    tree.links.new(layers.outputs["Image"], tree.nodes.new("CompositorNodeComposite").inputs[0])
    for what, source in (("depth", "Depth"), ("normal", "Denoising Normal"), ("albedo", "Denoising Albedo")):
        out = tree.nodes.new("CompositorNodeOutputFile")
        out.base_path, out.format.file_format, out.format.color_depth = str(work), "OPEN_EXR", "32" if what == "depth" else "16"
        out.file_slots[0].path = f"{name}-{what}"
        tree.links.new(layers.outputs[source], out.inputs[0])


def single(x=0.0, width=1600, height=1200):
    c = stage.camera((0, -140, 0), (0, 0, -4), 46, width, height)
    c.location.x += x
    c.rotation_euler.z = 0


def main():
    data, work, what, *rest = sys.argv[sys.argv.index("--") + 1:]
    data, work = Path(data), Path(work)
    work.mkdir(parents=True, exist_ok=True)
    scene = stage.clear()
    scene.cycles.samples = int(rest[0]) if rest else 64
    scale = float(rest[1]) if len(rest) > 1 else 1
    parlour.build()
    parlour.light(data / "hdri/lebombo_1k.hdr")
    if what in ("portrait", "right"):
        stage.Body(cast(data, HOST), POSE)
        size = (1600, 1200) if what == "portrait" else (1024, 768)
        single(BASELINE if what == "right" else 0, *(int(k * scale) for k in size))
        shoot(work, what)
    elif what == "group":
        for (x, back, up), (look, act) in zip(PLACES, PEOPLE):
            stage.Body(cast(data, look), act, (x, up, -back))
        stage.camera((0, -230, -3), (0, 0, -3), 60, int(1280 * scale), int(853 * scale))
        shoot(work, what)
    elif what == "plate":
        single(0, 640, 480)
        shoot(work, what)
    elif what == "clip":
        clip(data, work, scene)


def clip(data, work, scene):
    """The person alone, before nothing; goes on where an earlier call was stopped."""
    room = list(bpy.data.objects)
    single(0, 640, 480)
    for o in room:
        o.visible_camera = False
    scene.render.film_transparent = True
    scene.cycles.max_bounces, scene.cycles.diffuse_bounces, scene.cycles.transparent_max_bounces = 3, 1, 4
    body = stage.Body(cast(data, HOST), Act())
    scene.render.image_settings.color_mode = "RGBA"
    for k, act in enumerate(acts()):
        if not (work / f"clip-{k:03d}.png").exists():
            body.act(act)
            shoot(work, f"clip-{k:03d}")


main()
