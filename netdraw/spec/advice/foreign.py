"""Names that other tools have and netdraw has not: layers that are missing here, and what is written in another way.

An op or block of ours always wins over what stands here, so that a row may outlive the op that makes it superfluous.
"""

from __future__ import annotations

MISSING: dict[str, str] = {
    "PyTorch": """
        Fold Unfold
        FractionalMaxPool2d FractionalMaxPool3d
        SyncBatchNorm FrozenBatchNorm2d
        RReLU Softshrink Softmin Softmax2d
        Hardshrink Tanhshrink Threshold
        CosineSimilarity Transformer TransformerEncoder TransformerDecoder
        Index Where Einsum
    """,
    "Keras": """
        SeparableConv1D LocallyConnected1D
        LocallyConnected2D ConvLSTM1D ConvLSTM2D ConvLSTM3D
        Cropping1D Cropping2D Cropping3D
        SpectralNormalization
        TimeDistributed AdditiveAttention
        ThresholdedReLU GaussianNoise GaussianDropout
        Average Lambda Masking Rescaling Normalization EinsumDense
    """,
    "ONNX": """
        HardMax GlobalLpPool
        GatherElements GridSample
        MeanVarianceNormalization TopK ArgMax CumSum Cast Reciprocal
    """,
    "Caffe": """
        BNLL Bias Im2col SPP Recurrent PriorBox PSROIPooling
        Axpy
    """,
    "TensorFlow": """
        Unpack
        StridedSlice BiasAdd
    """,
    "darknet": "yolo region detection local crnn scale_channels sam",
    "Ultralytics": "C1 C2 C2PSA C3k2 SPP Focus Detect Segment",
    "timm": "GlobalResponseNorm",
}
"""By the tool that has them; a name stands once, with the tool where most know it from."""

WRITTEN: dict[str, str] = {
    "- layers: [...]": "Sequential ModuleList",
    "- ReLU, the activation itself": "Activation",
    "input: [3, 224, 224] at the top of the file": "Input InputLayer Placeholder Data ImageData",
    "two Conv2d, the first with groups: in_channels": "SeparableConv2D SeparableConvolution2D",
    "ConvBNAct": "convolutional ConvBNReLU ConvBNActivation Conv2dNormActivation ConvNormAct ConvModule BasicConv2d",
    "BatchNorm2d": "BN",
    "LayerNorm, which finds the channels of an image": "LayerNorm2d ChannelLayerNorm",
    "Linear": "FC fully_connected",
    "LeakyReLU": "LReLU",
    "AdaptiveAvgPool2d: 1": "GAP GlobalAvgPool GlobalAvgPool2D",
    "Conv2d with groups: in_channels": "DWConv DepthwiseConv ConvolutionDepthwise",
    "Flatten, or Reshape with the shape": "View",
    "Hardswish": "h_swish",
    "Hardsigmoid": "h_sigmoid",
    "LSTM or GRU with bidirectional: true": "Bidirectional",
    "TransformerEncoderBlock, with norm_first: false as PyTorch has it": "TransformerEncoderLayer",
    "TransformerDecoderBlock, with norm_first: false as PyTorch has it": "TransformerDecoderLayer",
    "Conv2d with the patch as kernel_size and stride, then Tokens": "PatchEmbed PatchEmbedding",
    "GhostModule": "GhostConv",
    "ShuffleUnitV2": "ShuffleV2Block",
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
    "hidden_size": "units num_units hidden_dim state_size",
    "num_layers": "n_layers layers depth",
    "num_heads": "heads nhead n_head n_heads num_attention_heads",
    "num_kv_heads": "n_kv_heads num_key_value_heads kv_num_heads num_query_groups",
    "head_dim": "key_dim dim_head",
    "causal": "is_causal use_causal_mask",
    "is_causal": "causal use_causal_mask",
    "num_embeddings": "input_dim vocab_size",
    "embedding_dim": "output_dim embed_dim embedding_size",
    "dropout": "dropout_rate",
    "p": "rate ratio dropout_ratio keep_prob drop_prob drop_rate",
    "dim": "axis axes",
    "dims": "axis axes dim",
    "keepdim": "keepdims keep_dims",
    "num_groups": "groups num_group",
    "init_value": "init_values layer_scale_init_value",
    "act": "activation act_layer activation_layer nonlinearity",
    "norm": "norm_layer normalization bn",
    "reduction": "ratio se_ratio r",
    "se_ratio": "rd_ratio squeeze_ratio",
    "expand": "expand_ratio exp_ratio expansion expansion_ratio mlp_ratio t",
    "expansion": "e expand_ratio",
    "num_blocks": "n num_bottlenecks",
    "growth": "growth_rate",
    "mid_channels": "mid_chs hidden_channels",
    "dim_feedforward": "d_ff mlp_dim ffn_dim intermediate_size",
    "norm_first": "pre_norm normalize_before",
    "drop_path": "drop_path_rate stochastic_depth_prob",
    "atrous_rates": "rates dilations",
    "eps": "epsilon",
}
"""Attributes by our names, with those that they have elsewhere."""

LAYERS: dict[str, str] = {
    "act": "an activation is a layer of its own, such as ReLU, behind it",
    "norm": "a norm is a layer of its own, such as BatchNorm2d, behind it",
}
"""What is said where an op has not the attribute of this name: elsewhere it stands for a layer."""

BATCH = ("batch_first", "time_major", "return_sequences", "return_state")
"""Attributes of other tools on where the batch is, and on which values are given: all of them, as named outputs."""

NEUTRAL = """
    inplace momentum padding_mode track_running_stats device dtype data_format trainable kernel_initializer
    bias_initializer kernel_regularizer bias_regularizer weight_filler bias_filler
"""
"""Attributes of other tools that change neither a shape nor a cost."""
