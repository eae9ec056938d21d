"""Blender's side: meshes, strands, materials, lamps and the camera. Units are centimetres."""

import bpy
import numpy as np

from person import bare, collar, eyeball, pullover, room, skin_colours


def clear():
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.cycles.device = "CPU"
    scene.view_settings.view_transform = "Filmic"
    scene.view_settings.look = "Medium High Contrast"
    scene.view_settings.exposure = 0.45
    scene.cycles.use_denoising = False
    scene.cycles.max_bounces, scene.cycles.transparent_max_bounces = 5, 8
    scene.cycles.diffuse_bounces, scene.cycles.glossy_bounces = 2, 2
    scene.cycles.caustics_reflective = scene.cycles.caustics_refractive = False
    scene.cycles.sample_clamp_indirect = 3
    scene.cycles.sample_clamp_direct = 12
    scene.cycles.use_adaptive_sampling = False  # with few samples it gives up on pixels that met no lamp and leaves them black
    scene.cycles_curves.shape = "RIBBONS"
    scene.cycles.debug_use_hair_bvh = False  # to spare memory
    scene.render.use_persistent_data = True
    return scene


def mesh(name, vertices, faces, material, colours=None, wet=None, smooth=True, parent=None):
    m = bpy.data.meshes.new(name)
    fill(m, np.asarray(vertices), np.asarray(faces))
    if colours is not None:
        rgba = np.c_[colours, wet if wet is not None else np.zeros(len(colours))].astype(np.float32)
        m.color_attributes.new("colour", "FLOAT_COLOR", "POINT").data.foreach_set("color", rgba.ravel())
    m.polygons.foreach_set("use_smooth", np.full(len(m.polygons), smooth))
    m.materials.append(material)
    o = bpy.data.objects.new(name, m)
    bpy.context.collection.objects.link(o)
    return o


def fill(m, vertices, faces):
    m.vertices.add(len(vertices))
    m.vertices.foreach_set("co", vertices.astype(np.float32).ravel())
    k = faces.shape[1]
    m.loops.add(faces.size)
    m.loops.foreach_set("vertex_index", faces.astype(np.int32).ravel())
    m.polygons.add(len(faces))
    m.polygons.foreach_set("loop_start", np.arange(0, faces.size, k, dtype=np.int32))
    m.polygons.foreach_set("loop_total", np.full(len(faces), k, np.int32))
    m.update()
    m.validate()


def move(o, vertices):
    o.data.vertices.foreach_set("co", vertices.astype(np.float32).ravel())
    o.data.update()


def strands(name, points, radius, material):
    """Polylines (n x steps x 3) as Cycles hair: edges that geometry nodes turn into curves."""
    n, k = points.shape[:2]
    m = bpy.data.meshes.new(name)
    m.vertices.add(n * k)
    m.vertices.foreach_set("co", points.astype(np.float32).ravel())
    start = (np.arange(n)[:, None] * k + np.arange(k - 1)).ravel()
    m.edges.add(len(start))
    m.edges.foreach_set("vertices", np.stack([start, start + 1], 1).astype(np.int32).ravel())
    thick = radius * np.linspace(1, 0.25, k) ** 0.6
    m.attributes.new("thickness", "FLOAT", "POINT").data.foreach_set("value", np.tile(thick, n).astype(np.float32))
    m.update()
    lines = bpy.data.objects.new(name + " lines", m)
    bpy.context.collection.objects.link(lines)
    o = bpy.data.objects.new(name, bpy.data.hair_curves.new(name))
    o.data.materials.append(material)
    bpy.context.collection.objects.link(o)
    o.modifiers.new("curves", "NODES").node_group = to_curves(lines, material)
    return o, lines


def to_curves(lines, material):
    g = bpy.data.node_groups.new("strands", "GeometryNodeTree")
    g.inputs.new("NodeSocketGeometry", "Geometry")
    g.outputs.new("NodeSocketGeometry", "Geometry")
    new = g.nodes.new
    end = new("NodeGroupOutput")
    curve, width, colour, thick = (new(k) for k in ("GeometryNodeMeshToCurve", "GeometryNodeSetCurveRadius",
                                                    "GeometryNodeSetMaterial", "GeometryNodeInputNamedAttribute"))
    thick.data_type = "FLOAT"
    thick.inputs["Name"].default_value = "thickness"
    colour.inputs["Material"].default_value = material
    link = g.links.new
    source = new("GeometryNodeObjectInfo")
    source.inputs["Object"].default_value = lines
    link(source.outputs["Geometry"], curve.inputs[0])
    link(curve.outputs[0], width.inputs["Curve"])
    link([k for k in thick.outputs if k.type == "VALUE" and k.enabled][0], width.inputs["Radius"])
    link(width.outputs[0], colour.inputs[0])
    link(colour.outputs[0], end.inputs[0])
    return g


class Nodes:
    """A material's tree, one short call for each node."""

    def __init__(self, name):
        self.material = bpy.data.materials.new(name)
        self.material.use_nodes = True
        self.tree = self.material.node_tree
        self.shader = self.tree.nodes["Principled BSDF"]
        self.out = self.tree.nodes["Material Output"]

    def node(self, kind, **inputs):
        n = self.tree.nodes.new(kind)
        for name, value in inputs.items():
            self.put(n.inputs[name.replace("_", " ")], value)
        return n

    def put(self, socket, value):
        if hasattr(value, "is_output"):
            self.tree.links.new(value, socket)
        else:
            socket.default_value = (*value, 1) if isinstance(value, tuple) and len(value) == 3 and socket.type == "RGBA" else value

    def set(self, **inputs):
        for name, value in inputs.items():
            self.put(self.shader.inputs[name.replace("_", " ")], value)
        return self

    def object_place(self):
        return self.node("ShaderNodeTexCoord").outputs["Object"]

    def noise(self, scale, detail=3.0, where=None):
        return self.node("ShaderNodeTexNoise", Scale=scale, Detail=detail, Vector=where or self.object_place()).outputs["Fac"]

    def bump(self, height, strength, distance):
        self.set(Normal=self.node("ShaderNodeBump", Strength=strength, Distance=distance, Height=height).outputs[0])
        return self

    def math(self, kind, a, b):
        n = self.tree.nodes.new("ShaderNodeMath")
        n.operation = kind
        self.put(n.inputs[0], a)
        self.put(n.inputs[1], b)
        return n.outputs[0]

    def mix(self, kind, factor, a, b):
        n = self.tree.nodes.new("ShaderNodeMixRGB")
        n.blend_type = kind
        for socket, value in zip(n.inputs, (factor, a, b)):
            self.put(socket, value)
        return n.outputs[0]


def plain(name, colour, roughness=0.6, specular=0.3, **more):
    return Nodes(name).set(Base_Color=tuple(colour), Roughness=roughness, Specular=specular, **more).material


def skin_material(dark):
    s = Nodes("skin")
    a = s.node("ShaderNodeVertexColor")
    a.layer_name = "colour"
    mottle = s.noise(2.2, 6.0)
    colour = s.mix("OVERLAY", 0.22, a.outputs["Color"], mottle)
    wet = a.outputs["Alpha"]
    rough = s.math("SUBTRACT", s.math("ADD", s.math("MULTIPLY", s.noise(9.0), 0.16), 0.40), s.math("MULTIPLY", wet, 0.14))
    s.set(Base_Color=colour, Roughness=rough, Specular=0.38, Subsurface=0.0)
    pores = s.node("ShaderNodeTexVoronoi", Scale=11.0, Vector=s.object_place()).outputs["Distance"]
    fine = s.math("ADD", s.math("MULTIPLY", pores, 0.5), s.noise(16.0, 4.0))
    return s.bump(fine, 0.22, 0.035).material


def eye_material():
    s = Nodes("eye")
    a = s.node("ShaderNodeVertexColor")
    a.layer_name = "colour"
    return s.set(Base_Color=a.outputs["Color"], Roughness=0.35, Specular=0.3, Clearcoat=1.0, Clearcoat_Roughness=0.02,
                 Subsurface=0.0).material


def hair_material(colour, roughness=0.28):
    s = Nodes("hair")
    h = s.tree.nodes.new("ShaderNodeBsdfHairPrincipled")
    h.parametrization = "COLOR"
    info = s.tree.nodes.new("ShaderNodeHairInfo")
    ramp = s.math("ADD", s.math("MULTIPLY", info.outputs["Random"], 0.9), 0.55)
    s.put(h.inputs["Color"], s.mix("MULTIPLY", 1.0, tuple(colour), ramp))
    for name, value in (("Roughness", roughness), ("Radial Roughness", 0.4), ("Random Roughness", 0.3), ("Coat", 0.0)):
        h.inputs[name].default_value = value
    s.tree.links.new(h.outputs[0], s.out.inputs[0])
    return s.material


def knit_material(colour, scale=3.2):
    s = Nodes("knit")
    wave = s.node("ShaderNodeTexWave", Scale=scale, Distortion=0.6, Detail=1.0, Vector=s.object_place())
    wave.bands_direction = "X"
    cross = s.node("ShaderNodeTexWave", Scale=scale * 1.2, Distortion=0.8, Vector=s.object_place())
    cross.bands_direction = "Z"
    both = s.math("MULTIPLY", wave.outputs["Fac"], s.math("ADD", cross.outputs["Fac"], 0.5))
    folds = s.math("ADD", s.math("MULTIPLY", s.noise(0.10, 2.0), 14.0), both)
    tone = s.mix("OVERLAY", 0.5, tuple(colour), s.math("ADD", s.math("MULTIPLY", both, 0.35), s.math("MULTIPLY", s.noise(0.8), 0.5)))
    s.set(Base_Color=tone, Roughness=0.9, Specular=0.1, Sheen=0.6)
    return s.bump(folds, 0.75, 0.22).material


def area(name, place, target, size, watts, colour):
    lamp = bpy.data.lights.new(name, "AREA")
    lamp.shape, lamp.size, lamp.energy, lamp.color = "DISK", size, watts, colour
    o = bpy.data.objects.new(name, lamp)
    bpy.context.collection.objects.link(o)
    o.location = place
    aim(o, target)
    return o


def aim(o, target):
    from mathutils import Vector

    o.rotation_euler = (Vector(target) - Vector(o.location)).to_track_quat("-Z", "Y").to_euler()


def camera(place, target, height_at_target, width, height):
    """A pinhole whose picture shows `height_at_target` centimetres at the target's distance; level if both are."""
    scene = bpy.context.scene
    c = bpy.data.cameras.new("camera")
    c.sensor_fit = "VERTICAL"
    distance = abs(target[1] - place[1])
    c.angle_y = 2 * np.arctan(height_at_target / 2 / distance)
    c.clip_end = 5000
    o = bpy.data.objects.new("camera", c)
    bpy.context.collection.objects.link(o)
    o.location = place
    aim(o, target)
    scene.camera = o
    scene.render.resolution_x, scene.render.resolution_y, scene.render.resolution_percentage = width, height, 100
    return o


def sky(path, strength, turn=0.0, backdrop=None):
    w = bpy.data.worlds.new("sky")
    bpy.context.scene.world = w
    w.use_nodes = True
    t = w.node_tree
    e = t.nodes.new("ShaderNodeTexEnvironment")
    e.image = bpy.data.images.load(str(path))
    m = t.nodes.new("ShaderNodeMapping")
    m.inputs["Rotation"].default_value[2] = turn
    c = t.nodes.new("ShaderNodeTexCoord")
    t.links.new(c.outputs["Generated"], m.inputs[0])
    t.links.new(m.outputs[0], e.inputs[0])
    b = t.nodes["Background"]
    b.inputs[1].default_value = strength
    t.links.new(e.outputs[0], b.inputs[0])


class Body:
    """A person's objects on the stage; `act` moves them."""

    def __init__(self, person, act, at=(0, 0, 0), fine=1):
        look, head = person.look, person.head
        self.person, self.at = person, np.array(at, float)
        colours, wet = skin_colours(person)
        shapes = person.pose(act)
        dark = sum(look.skin) < 0.6
        faces = np.concatenate([head.parts[p] for p in ("M_Face", "M_BackHead", "M_GumsTongue", "M_Teeth")])
        self.head = mesh("head", room(shapes["head"]), bare(person, faces), skin_material(dark), colours, wet)
        if fine:
            s = self.head.modifiers.new("fine", "SUBSURF")
            s.levels = s.render_levels = fine
        hair = hair_material(look.hair)
        self.eyes = []
        for centre, radius, gaze in shapes["eyes"]:
            v, q, c = eyeball(look, radius)
            self.eyes.append(mesh("eye", v, q, eye_material(), c))
        self.hair = strands("hair", room(person.hair), 0.0085, hair)[0] if len(person.hair) else None
        self.fringe = {}
        for name, radius in (("brows", 0.0075), ("lashes", 0.0065), ("beard", 0.007)):
            if name in shapes:
                self.fringe[name] = strands(name, room(shapes[name]), radius, hair if name != "lashes" else hair_material((0.02, 0.013, 0.01)))
        cloth = knit_material(look.cloth)
        v, q = pullover()
        self.cloth = [mesh("pullover", room(v), q, cloth), mesh("collar", room(collar()[0]), collar()[1], knit_material(look.cloth, 2.0))]
        self.act(act)

    def act(self, act):
        shapes = self.person.pose(act)
        at = self.at
        move(self.head, room(shapes["head"] + at))
        for name, o in self.fringe.items():
            move(o[1], room(shapes[name] + at))
        r, t = shapes["matrix"]
        if self.hair:
            self.hair.matrix_world = matrix(r, t + at)
        for o in self.cloth:
            b, shift = shapes["body"]
            o.matrix_world = matrix(b, shift + at)
        for o, (centre, radius, gaze) in zip(self.eyes, shapes["eyes"]):
            o.matrix_world = eye_matrix(centre + at, gaze)

    def objects(self):
        return [self.head, *self.eyes, *self.cloth, *(o for o, _ in self.fringe.values())] + ([self.hair] if self.hair else [])


TO_ROOM = np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]])


def matrix(r, t):
    """A turn and shift in the head's axes as Blender's matrix of an object whose mesh is in the room's axes."""
    from mathutils import Matrix

    m = np.eye(4)
    m[:3, :3] = TO_ROOM @ r @ TO_ROOM.T
    m[:3, 3] = TO_ROOM @ t
    return Matrix(m.tolist())


def eye_matrix(centre, gaze):
    from mathutils import Matrix

    x = np.array([1.0, 0, 0]) - gaze[0] * gaze
    x /= np.linalg.norm(x)
    turn = np.stack([x, np.cross(gaze, x), gaze], 1)
    m = np.eye(4)
    m[:3, :3] = TO_ROOM @ turn
    m[:3, 3] = TO_ROOM @ centre
    return Matrix(m.tolist())
