using System.Diagnostics;
using Pvm2.Fuzz.Output;
using Pvm2.Fuzz.Workers;
using Pvm2.TestKit.Fuzzing;

namespace Pvm2.Fuzz.Running;

/// <summary>A run of the fuzzer: gives cases to workers and gathers what comes of them.</summary>
internal sealed class FuzzSession : IDisposable
{
    private readonly FuzzOptions _options;
    private readonly IProgressDisplay _display;
    private readonly CorpusFolder _corpus;
    private readonly CaseSource _source;
    private readonly FindingsFolder _findings;
    private readonly FuzzTotals _totals;
    private readonly Lock _lock = new();
    private readonly Stopwatch _time = new();
    private readonly CancellationTokenSource _end = new();

    internal FuzzSession(FuzzOptions options, IProgressDisplay display)
    {
        _options = options;
        _display = display;
        _corpus = new CorpusFolder(options.Corpus);
        _source = new CaseSource(options, _corpus.Kept);
        _findings = new FindingsFolder(options.Findings);
        _totals = new FuzzTotals { Seed = options.Seed };
    }

    /// <inheritdoc/>
    public void Dispose() => _end.Dispose();

    /// <summary>Runs until the time is over, there are blocks or findings enough, or it is asked to stop.</summary>
    /// <param name="cancellation">Ends it.</param>
    internal async Task<FuzzTotals> RunAsync(CancellationToken cancellation)
    {
        using var registration = cancellation.UnsafeRegister(static end => ((CancellationTokenSource)end!).Cancel(), _end);
        _time.Start();
        if (_options.Time is { } time)
        {
            _end.CancelAfter(time);
        }

        await Task.WhenAll(Enumerable.Range(0, _options.Threads).Select(_ => Task.Run(RunWorkerAsync, CancellationToken.None)));
        _totals.Seconds = _time.Elapsed.TotalSeconds;
        _totals.Next = _source.NextFresh;
        return _totals;
    }

    private async Task RunWorkerAsync()
    {
        WorkerProcess? worker = null;
        try
        {
            while (!_end.IsCancellationRequested)
            {
                var name = _source.Take(out var isKept);
                worker ??= WorkerProcess.Start(_options.AllTiers ? [FuzzCommand.WorkerOption, FuzzCommand.AllTiersOption] : [FuzzCommand.WorkerOption]);
                var (message, failure, isDead) = await worker.RunAsync(name, Patience.Default, _end.Token);
                if (message.Counts is null)
                {
                    worker.Dispose();
                    worker = null;
                    failure += isDead ? "\n" + new CrashShrinker(_options.AllTiers).Shrink(name, GuestFactory.Make(name.Seed), _end.Token) : string.Empty;
                }

                Add(name, isKept, message, failure);
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // What was under way is given up.
        }
        finally
        {
            worker?.Dispose();
        }
    }

    private void Add(CaseName name, bool isKept, WorkerMessage message, string failure)
    {
        lock (_lock)
        {
            if (message.Counts is { } counts)
            {
                _totals.Add(counts);
                _totals.CorpusCases += isKept ? 1 : 0;
                _corpus.Offer(name, message.NewFeatures);
            }

            if (message.Finding is { } finding)
            {
                Report(name, _findings.Write(finding), $"{finding.Tier}: {finding.Difference}\n{finding.Scenario}");
            }
            else if (message.Counts is null)
            {
                Report(name, _findings.WriteFailure(name, failure), failure);
            }

            _totals.Seconds = _time.Elapsed.TotalSeconds;
            _display.Show(_totals);
            if (_totals.Blocks >= _options.Blocks || _totals.Findings.Count >= _options.MaxFindings)
            {
                _end.Cancel();
            }
        }
    }

    private void Report(CaseName name, string file, string text)
    {
        _corpus.Keep(name);
        _totals.Findings.Add($"{name}: {file}");
        _display.Report($"Case {name}: {text}\n  in {file}");
    }
}
