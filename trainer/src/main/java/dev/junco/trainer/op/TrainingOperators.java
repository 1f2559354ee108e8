package dev.junco.trainer.op;

import dev.junco.runtime.op.OperatorCatalog;
import java.util.List;

/** The runtime's operators and those that only training needs. */
public final class TrainingOperators {
    private static final OperatorCatalog CATALOG = OperatorCatalog.standard()
            .with(List.of(
                    new ActivationGradientOperator(),
                    new DenseInputGradientOperator(),
                    new DenseWeightGradientOperator(),
                    new Conv2DInputGradientOperator(),
                    new Conv2DWeightGradientOperator(),
                    new DepthwiseInputGradientOperator(),
                    new DepthwiseWeightGradientOperator(),
                    new PoolGradientOperator(),
                    new PartOperator(),
                    new LeakyReluGradientOperator(),
                    new SoftmaxGradientOperator(),
                    new BatchNormTrainingOperator(),
                    new BatchNormGradientOperator(),
                    new FixedNormGradientOperator(),
                    new DropoutTrainingOperator(),
                    new LossOperator(),
                    new PenaltiesOperator(),
                    new PenaltyGradientOperator(),
                    new ClipByGlobalNormOperator(),
                    new SumToOperator(),
                    new SgdUpdateOperator(),
                    new AdamUpdateOperator()));

    private TrainingOperators() {}

    /** All operators that a training graph may have. */
    public static OperatorCatalog catalog() {
        return CATALOG;
    }
}
