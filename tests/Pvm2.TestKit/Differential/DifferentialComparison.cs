using System.Globalization;
using System.Text;
using Pvm2.Runtime.Isa;
using Pvm2.TestKit.Generation;

namespace Pvm2.TestKit.Differential;

/// <summary>Runs batches on two machines and explains the first snippet on which they disagree.</summary>
/// <param name="reference">The machine that is right.</param>
/// <param name="machine">The machine under test.</param>
/// <param name="options">What the snippets were made with.</param>
public sealed class DifferentialComparison(IBatchMachine reference, IBatchMachine machine, GeneratorOptions options)
{
    /// <summary>Compares what a machine made of a batch with what the reference made of it.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="expected">The reference's slots at the end.</param>
    /// <param name="report">The seed, listing and registers of a snippet that differs, made small; empty if none does.</param>
    /// <returns>Whether the two agree.</returns>
    public bool Agrees(SnippetBatch batch, ReadOnlySpan<byte> expected, out string report)
    {
        ArgumentNullException.ThrowIfNull(batch);
        report = string.Empty;
        var ran = machine.TryRun(batch, out var actual, out var failure);
        if (ran && expected.SequenceEqual(actual))
        {
            return true;
        }

        var found = ran ? FirstDifference(batch, expected, actual) : batch.Snippets.FirstOrDefault(FailsAlone);
        report = found is null
            ? $"{machine.Name} fails on a batch from seed {batch.Snippets[0].Seed}, on none of its snippets alone: {failure}"
            : Explain(found);
        return false;
    }

    private static Snippet FirstDifference(SnippetBatch batch, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual) =>
        batch.Snippets[expected.CommonPrefixLength(actual) / Snippet.SlotSize];

    private bool FailsAlone(Snippet snippet) => !machine.TryRun(new SnippetBatch([snippet], options), out _, out _);

    private bool Differs(Snippet snippet)
    {
        var batch = new SnippetBatch([snippet], options);
        return reference.TryRun(batch, out var expected, out _)
            && (!machine.TryRun(batch, out var actual, out _) || !expected.AsSpan().SequenceEqual(actual));
    }

    private string Explain(Snippet snippet)
    {
        var text = new StringBuilder();
        if (Differs(snippet))
        {
            var nodes = NodeShrinker.Shrink(snippet.Nodes, candidate => Differs(snippet with { Nodes = candidate }));
            snippet = snippet with { Nodes = nodes };
            text.AppendLine(CultureInfo.InvariantCulture, $"Seed {snippet.Seed}, made smaller:");
        }
        else
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Seed {snippet.Seed}, which differs only among others:");
        }

        var batch = new SnippetBatch([snippet], options);
        text.AppendLine(CultureInfo.InvariantCulture, $"base is {RegisterNames.AbiName(snippet.BaseRegister)}");
        List(batch, text);
        Run(reference, out var expected);
        Run(machine, out var actual);
        ListSlot(snippet, expected, actual, text);
        return text.ToString();

        void Run(IBatchMachine which, out byte[] memory)
        {
            if (!which.TryRun(batch, out memory, out var failure))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"{which.Name}: {failure}");
            }
        }
    }

    /// <summary>Lists the body; what loads and stores the registers around it is the same in every snippet.</summary>
    private void List(SnippetBatch batch, StringBuilder text)
    {
        var lines = CodeText.Lines(batch.Code.Span, options.Profile);
        foreach (var line in lines.Skip(batch.PrologueLength).SkipLast(batch.EpilogueLength))
        {
            text.AppendLine(line);
        }
    }

    private void ListSlot(Snippet snippet, byte[] expected, byte[] actual, StringBuilder text)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  {"",-12}  {"before",16}  {reference.Name,16}  {machine.Name,16}");
        for (var i = 0; i < Snippet.SlotSize; i += 8)
        {
            var name = i < Snippet.RegistersOffset
                ? string.Create(CultureInfo.InvariantCulture, $"{i - Snippet.ScratchBelow}(base)")
                : RegisterNames.AbiName((i - Snippet.RegistersOffset) / 8);
            var values = (Read(snippet.Slot.Span, i), Read(expected, i), Read(actual, i));
            if (i >= Snippet.RegistersOffset || values.Item2 != values.Item3)
            {
                var mark = values.Item2 != values.Item3 ? "  <- differs" : string.Empty;
                text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-12}  {values.Item1}  {values.Item2}  {values.Item3}{mark}");
            }
        }

        static string Read(ReadOnlySpan<byte> memory, int at) => memory.Length == 0
            ? new string('-', 16)
            : BitConverter.ToUInt64(memory[at..]).ToString("x16", CultureInfo.InvariantCulture);
    }
}
