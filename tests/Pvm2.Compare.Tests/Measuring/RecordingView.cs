using Pvm2.Compare.Measuring;
using Pvm2.Compare.Results;

namespace Pvm2.Compare.Tests.Measuring;

/// <summary>Remembers what it is told.</summary>
internal sealed class RecordingView : IProgressView
{
    /// <summary>Remarks in their order.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>Who was sampled, in the order of the samples.</summary>
    public List<string> Order { get; } = [];

    /// <inheritdoc/>
    public void Begin(string stage, int steps) => Assert.True(steps >= 0, stage);

    /// <inheritdoc/>
    public void Step()
    {
        // Only how a comparison ends is of interest here.
    }

    /// <inheritdoc/>
    public void Remark(string text) => Remarks.Add(text);

    /// <inheritdoc/>
    public void Sampled(Kind kind, EngineFacts engine, string workload, double nanoseconds) => Order.Add(engine.Id);
}
