using System.Globalization;
using System.Runtime.InteropServices;
using Pvm2.Compare.Measuring;
using Pvm2.Compare.Results;
using Pvm2.Measuring;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Pvm2.Compare.Presentation;

/// <summary>A progress bar and a table of the medians so far, on a terminal.</summary>
/// <param name="console">The terminal.</param>
/// <param name="workloads">Columns of the table.</param>
internal sealed class LiveView(IAnsiConsole console, IReadOnlyList<string> workloads) : IProgressView
{
    private const int BarWidth = 40;

    /// <summary>Drawing costs milliseconds and fills the processor's caches, so it is not done more often than this.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<(Kind Kind, string Engine), Row> _rows = [];
    private readonly List<string> _remarks = [];
    private LiveDisplayContext? _display;
    private DateTime _drawn;
    private string _stage = string.Empty;
    private Kind _kind = Kind.Cold;
    private int _steps = 1;
    private int _done;

    /// <summary>Shows what happens while something is done.</summary>
    /// <returns>What it returned.</returns>
    public T Watch<T>(Func<T> action)
    {
        using var interrupted = ShowCursorAt(PosixSignal.SIGINT);
        using var terminated = ShowCursorAt(PosixSignal.SIGTERM);
        return console.Live(new Text(string.Empty)).AutoClear(true).Start(display =>
        {
            _display = display;
            try
            {
                return action();
            }
            finally
            {
                _display = null;
            }
        });
    }

    /// <inheritdoc/>
    public void Begin(string stage, int steps)
    {
        (_stage, _steps, _done) = (stage, Math.Max(1, steps), 0);
        Draw(TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Step()
    {
        _done++;
        Draw(Interval);
    }

    /// <inheritdoc/>
    public void Remark(string text)
    {
        _remarks.Add(text);
        Draw(TimeSpan.Zero);
    }

    /// <inheritdoc/>
    public void Sampled(Kind kind, EngineFacts engine, string workload, double nanoseconds)
    {
        // The headline while everything is measured in turns; whole processes have their turn later.
        _kind = kind == Kind.Process ? Kind.Process : Kind.Cold;
        if (!_rows.TryGetValue((kind, engine.Id), out var row))
        {
            _rows.Add((kind, engine.Id), row = new Row(engine.Title, workloads.ToDictionary(name => name, _ => new List<double>())));
        }

        row.Samples[workload].Add(nanoseconds);
    }

    /// <summary>While something is watched there is no cursor. Who ends the program meanwhile shall have it back.</summary>
    private PosixSignalRegistration ShowCursorAt(PosixSignal signal) =>
        PosixSignalRegistration.Create(signal, _ => console.Cursor.Show());

    private void Draw(TimeSpan interval)
    {
        var now = DateTime.UtcNow;
        if (_display is null || now - _drawn < interval)
        {
            return;
        }

        _drawn = now;
        _display.UpdateTarget(new Rows([Bar(), .. Figures(), .. _remarks.TakeLast(6).Select(remark => new Markup($"[yellow]{Markup.Escape(remark)}[/]"))]));
    }

    private Markup Bar()
    {
        var full = Math.Min(BarWidth, _done * BarWidth / _steps);
        return new Markup(string.Create(
            CultureInfo.InvariantCulture,
            $"[green]{new string('━', full)}[/][grey]{new string('─', BarWidth - full)}[/] {_done * 100 / _steps,3} %  {Markup.Escape(_stage)}"));
    }

    private IEnumerable<IRenderable> Figures()
    {
        var rows = _rows.Where(pair => pair.Key.Kind == _kind).Select(pair => pair.Value).ToArray();
        if (rows.Length == 0)
        {
            yield break;
        }

        var shown = Fitting(workloads, console.Profile.Width - rows.Max(row => row.Title.Length));
        var hidden = shown.Count < workloads.Count ? $"; there is no room for {workloads.Count - shown.Count} more workloads" : string.Empty;
        var table = new Table().RoundedBorder().Title($"{(_kind == Kind.Cold ? "cold" : "process")}, median µs so far{hidden}");
        table.AddColumn(new TableColumn("engine").NoWrap());
        foreach (var workload in shown)
        {
            table.AddColumn(new TableColumn(Markup.Escape(workload)).RightAligned());
        }

        foreach (var row in rows)
        {
            table.AddRow([Markup.Escape(row.Title), .. shown.Select(name => TextTable.Figure(Statistics.Median(row.Samples[name]) / 1000))]);
        }

        yield return table;
    }

    /// <summary>The workloads whose columns fit, from the first one on.</summary>
    /// <param name="width">Characters beside the names of the engines.</param>
    internal static IReadOnlyList<string> Fitting(IReadOnlyList<string> workloads, int width)
    {
        // A border and two blanks a column, and a border at the end; figures are shorter than names, but for the shortest.
        const int Frame = 3, End = 4, ShortestFigure = 6;
        var left = width - End;
        return [.. workloads.TakeWhile(name => (left -= Math.Max(name.Length, ShortestFigure) + Frame) >= 0)];
    }

    private sealed record Row(string Title, Dictionary<string, List<double>> Samples);
}
