namespace Pvm2.TestKit.Differential;

/// <summary>Something that can run a batch: an emulator, or one of our tiers in one profile.</summary>
public interface IBatchMachine
{
    /// <summary>Its name, for messages.</summary>
    string Name { get; }

    /// <summary>Runs a batch to its end.</summary>
    /// <param name="batch">What to run.</param>
    /// <param name="memory">The slots at the end; empty if it failed.</param>
    /// <param name="failure">Why it did not reach the end; empty if it did.</param>
    /// <returns>Whether it reached the end.</returns>
    bool TryRun(SnippetBatch batch, out byte[] memory, out string failure);
}
