using Pvm2.Compare.Results;

namespace Pvm2.Compare.Measuring;

/// <summary>Whoever watches a comparison. Nothing is measured while it is called.</summary>
public interface IProgressView
{
    /// <summary>A stage begins.</summary>
    /// <param name="stage">What is being done, for people.</param>
    /// <param name="steps">Into how many steps it is divided; 0 where nothing is to be done.</param>
    void Begin(string stage, int steps);

    /// <summary>A step is done.</summary>
    void Step();

    /// <summary>Something that people must know.</summary>
    void Remark(string text);

    /// <summary>A sample was taken.</summary>
    void Sampled(Kind kind, EngineFacts engine, string workload, double nanoseconds);
}
