using Pvm2.Measuring;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Pvm2.Compare.Charts;

/// <summary>An empty chart with a title, the date and the machine, and what all charts draw on it.</summary>
internal sealed class ChartCanvas
{
    private const int Width = 1400;

    private const int Height = 800;

    private const float TitleSize = 24;

    private const float TextSize = 16;

    private const float TickSize = 14;

    private const float MarkerSize = 12;

    private const float TitleHeight = 44;

    private const float SubtitleHeight = 34;

    /// <summary>The library writes an axis's label at the outer edge, which is under the title.</summary>
    private const float SubtitleOffset = 20;

    private const float LegendSymbolWidth = 28;

    /// <summary>Of labelled ticks on an axis that is not logarithmic, compared with what the library would draw.</summary>
    private const double TickDensity = 0.4;

    private static readonly Color Faint = Color.FromHex("#E3E3E3");

    private static readonly Color Subdued = Color.FromHex("#555555");

    /// <summary>Makes it.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="machine">Where and when it was measured.</param>
    public ChartCanvas(string title, Machine machine)
    {
        Plot.Font.Set(ChartFont.Name);
        Style(Plot.Axes.Title.Label, title, TitleSize, Colors.Black);
        Style(Plot.Axes.Top.Label, $"{machine.Processor}, {machine.Cores} cores, {machine.Date} UTC, commit {machine.Commit}", TickSize, Subdued);
        Plot.Grid.MajorLineColor = Faint;
        Plot.Axes.Title.MinimumSize = TitleHeight;
        Plot.Axes.Top.MinimumSize = SubtitleHeight;
        Plot.Axes.Top.Label.OffsetY = SubtitleOffset;
        Plot.Axes.Top.TickGenerator = new EmptyTickGenerator();
        Plot.Axes.Top.FrameLineStyle.IsVisible = false;
        Plot.Axes.Right.FrameLineStyle.IsVisible = false;
        Plot.Axes.Bottom.TickLabelStyle.FontSize = TickSize;
        Plot.Axes.Left.TickLabelStyle.FontSize = TickSize;
    }

    /// <summary>The library's chart.</summary>
    public Plot Plot { get; } = new();

    /// <summary>Makes the axis at the bottom logarithmic.</summary>
    public void SetBottom(string label, LogAxis axis) => SetBottom(label, axis.Begin, axis.End, axis.Ticks());

    /// <summary>Sets the axis at the bottom.</summary>
    public void SetBottom(string label, double begin, double end, ITickGenerator ticks)
    {
        Style(Plot.Axes.Bottom.Label, label, TextSize, Colors.Black);
        Plot.Axes.Bottom.TickGenerator = ticks;
        Plot.Axes.SetLimitsX(begin, end);
    }

    /// <summary>Makes the axis at the left logarithmic.</summary>
    public void SetLeft(string label, LogAxis axis) => SetLeft(label, axis.Begin, axis.End, axis.Ticks());

    /// <summary>Sets the axis at the left, from 0.</summary>
    public void SetLeft(string label, double end) => SetLeft(label, 0, end, new NumericAutomatic { TickDensity = TickDensity });

    /// <summary>Adds the markers of an engine, and its line of the legend.</summary>
    /// <param name="x">Places on the axis at the bottom.</param>
    /// <param name="y">Places on the axis at the left, as many.</param>
    /// <param name="lineWidth">Of the line that joins them; 0 for none.</param>
    public void AddPoints(EngineStyle style, string label, double[] x, double[] y, float lineWidth)
    {
        var points = Plot.Add.Scatter(x, y, style.Color);
        points.MarkerShape = style.Marker;
        points.MarkerSize = MarkerSize;
        points.MarkerLineWidth = 2;
        points.MarkerLineColor = style.Color;
        points.LineWidth = lineWidth;
        points.LinePattern = style.Line;
        points.LegendText = label;
    }

    /// <summary>Adds a thin line from one place to another.</summary>
    public void AddBar(Color color, double x, double low, double high)
    {
        var bar = Plot.Add.Line(x, low, x, high);
        bar.LineColor = color;
        bar.LineWidth = 2;
        bar.MarkerSize = 0;
    }

    /// <summary>Draws the borders between columns at 0, 1, 2, … instead of a grid.</summary>
    public void DivideColumns(int count)
    {
        Plot.Grid.XAxisStyle.IsVisible = false;
        for (var index = 0; index < count - 1; index++)
        {
            var border = Plot.Add.VerticalLine(index + 0.5);
            border.Color = Faint;
            border.LineWidth = 1;
        }
    }

    /// <summary>Adds a line along which a value doubles when the place does, through the middle of the points.</summary>
    /// <param name="points">On two logarithmic axes.</param>
    public void AddSlopeOfOne(string label, IReadOnlyCollection<ChartPoint> points)
    {
        var begin = LogAxis.PlaceOf(points.Min(point => point.Place));
        var end = LogAxis.PlaceOf(points.Max(point => point.Place));
        var height = points.Average(point => LogAxis.PlaceOf(point.Value) - LogAxis.PlaceOf(point.Place));
        var line = Plot.Add.Line(begin, begin + height, end, end + height);
        line.LineColor = Subdued;
        line.LineWidth = 2;
        line.LinePattern = LinePattern.Dashed;
        line.MarkerSize = 0;
        line.LegendText = label;
    }

    /// <summary>Writes the file.</summary>
    public void Save(string path)
    {
        Plot.Legend.FontName = ChartFont.Name;
        Plot.Legend.FontSize = TextSize;
        Plot.Legend.SymbolWidth = LegendSymbolWidth;
        Plot.Legend.ShadowColor = Colors.Transparent;
        Plot.Legend.OutlineColor = Faint;
        Plot.ShowLegend(Edge.Right).Padding = new PixelPadding(10);
        Plot.SavePng(path, Width, Height);
    }

    private void SetLeft(string label, double begin, double end, ITickGenerator ticks)
    {
        Style(Plot.Axes.Left.Label, label, TextSize, Colors.Black);
        Plot.Axes.Left.TickGenerator = ticks;
        Plot.Axes.SetLimitsY(begin, end);
    }

    private static void Style(LabelStyle style, string text, float size, Color color)
    {
        style.Text = text;
        style.FontName = ChartFont.Name;
        style.FontSize = size;
        style.Bold = false;
        style.ForeColor = color;
    }
}
