"""Half-precision weights in an ONNX graph: half the bytes, and no arithmetic is less exact than the weights are."""

import numpy as np
from onnx import TensorProto, helper, numpy_helper


def halve_weights(graph):
    """Large weights are stored in half precision; a Cast makes them single again, once, when the network is opened."""
    casts = []
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 256:
            continue
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), tensor.name + ".half"))
        casts.append(helper.make_node("Cast", [tensor.name + ".half"], [tensor.name], to=TensorProto.FLOAT))
    nodes = casts + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
