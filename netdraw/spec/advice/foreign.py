"""Names that other tools have and netdraw has not: layers that are missing here, and what is written in another way.

An op or block of ours always wins over what stands here, so that a row may outlive the op that makes it superfluous.
"""

from __future__ import annotations

MISSING: dict[str, str] = {
    "PyTorch": """
        Fold Unfold FractionalMaxPool2d FractionalMaxPool3d RoIAlign RoIPool
        BatchNorm1d BatchNorm3d SyncBatchNorm FrozenBatchNorm2d InstanceNorm1d InstanceNorm2d InstanceNorm3d
        GroupNorm LayerNorm RMSNorm
        ELU SELU CELU GLU RReLU Mish Softplus Softshrink Softsign Softmin Softmax2d LogSoftmax LogSigmoid
        Hardtanh Hardshrink Tanhshrink Threshold
        RNN LSTM GRU RNNCell LSTMCell GRUCell Bilinear Embedding EmbeddingBag CosineSimilarity
        MultiheadAttention ScaledDotProductAttention Transformer TransformerEncoder TransformerDecoder
        TransformerEncoderLayer TransformerDecoderLayer
        Dropout1d Dropout2d Dropout3d AlphaDropout StochasticDepth Unflatten
        Gather Index Where Max Min Mean Sum Sub Div Pow Exp Log Sqrt Abs Squeeze Unsqueeze Stack Einsum
    """,
    "Keras": """
        SeparableConv1D LocallyConnected1D LocallyConnected2D ConvLSTM1D ConvLSTM2D ConvLSTM3D
        Cropping1D Cropping2D Cropping3D
        LayerNormalization GroupNormalization InstanceNormalization RMSNormalization SpectralNormalization
        SimpleRNN Bidirectional TimeDistributed GroupQueryAttention Attention AdditiveAttention
        ThresholdedReLU SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianNoise GaussianDropout
        Subtract Average Maximum Minimum Dot Lambda Masking RepeatVector Rescaling Normalization EinsumDense
    """,
    "ONNX": """
        HardMax GlobalLpPool MaxRoiPool Tile Expand ReduceMean ReduceMax ReduceSum ReduceMin GatherElements GridSample
        MeanVarianceNormalization RNN TopK ArgMax CumSum Cast Neg Reciprocal
    """,
    "Caffe": """
        BNLL Power AbsVal Bias Embed Im2col MVN Reduction SPP Tile Recurrent PriorBox ROIPooling PSROIPooling
        Axpy
    """,
    "TensorFlow": """
        BatchMatMul BatchMatMulV2 GatherV2 ExpandDims Pack Unpack
        StridedSlice BiasAdd
    """,
    "darknet": "yolo region detection local crnn scale_channels sam",
    "Ultralytics": "C1 C2 C2f C2PSA C3 C3k2 SPP SPPF Focus GhostConv Detect Segment",
    "timm": "DropPath PatchEmbed GhostModule GlobalResponseNorm LayerNorm2d LayerScale ConvNeXtBlock MBConv",
}
"""By the tool that has them; a name stands once, with the tool where most know it from."""

WRITTEN: dict[str, str] = {
    "- layers: [...]": "Sequential ModuleList",
    "- ReLU, the activation itself": "Activation",
    "input: [3, 224, 224] at the top of the file": "Input InputLayer Placeholder Data ImageData",
    "two Conv2d, the first with groups: in_channels": "SeparableConv2D SeparableConvolution2D",
    "ConvBNAct": "convolutional ConvBNReLU ConvBNActivation Conv2dNormActivation ConvNormAct ConvModule BasicConv2d",
    "BatchNorm2d": "BN",
    "Linear": "FC fully_connected",
    "LeakyReLU": "LReLU",
    "AdaptiveAvgPool2d: 1": "GAP GlobalAvgPool GlobalAvgPool2D",
    "Conv2d with groups: in_channels": "DWConv DepthwiseConv ConvolutionDepthwise",
    "Flatten, or Reshape with the shape": "View",
    "Hardswish": "h_swish",
    "Hardsigmoid": "h_sigmoid",
    "SqueezeExcite": "SqueezeExcitation SELayer SEModule SEBlock SE",
}
"""What is written here, with the names that stand for it elsewhere."""

NOTHING = ("none", "null", "nil", "false", "linear")
"""What stands elsewhere for a layer that is left out, in lower case; `linear` is Keras's and darknet's activation."""

ATTRIBUTES: dict[str, str] = {
    "out_channels": "filters num_output planes channels",
    "out_features": "units num_output output",
    "kernel_size": "kernel kernel_shape pool_size ksize size filter_size kernel_h kernel_w",
    "stride": "strides step",
    "padding": "pad pads",
    "dilation": "dilations dilation_rate rate",
    "groups": "group num_group",
    "bias": "use_bias bias_term",
    "negative_slope": "alpha slope leak",
    "p": "rate ratio dropout_ratio keep_prob",
    "dim": "axis",
    "act": "activation act_layer activation_layer nonlinearity",
    "norm": "norm_layer normalization bn",
    "reduction": "ratio se_ratio r",
    "eps": "epsilon",
}
"""Attributes by our names, with those that they have elsewhere."""

LAYERS: dict[str, str] = {
    "act": "an activation is a layer of its own, such as ReLU, behind it",
    "norm": "a norm is a layer of its own, such as BatchNorm2d, behind it",
}
"""What is said where an op has not the attribute of this name: elsewhere it stands for a layer."""

NEUTRAL = """
    inplace momentum padding_mode track_running_stats device dtype data_format trainable kernel_initializer
    bias_initializer kernel_regularizer bias_regularizer weight_filler bias_filler
"""
"""Attributes of other tools that change neither a shape nor a cost."""
