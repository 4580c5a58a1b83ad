using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Pvm2.Cli.Observing;
using Pvm2.Runtime.Diagnostics;
using Xunit;

namespace Pvm2.Cli.Tests.Observing;

/// <summary>The forms that a gas profile is written in.</summary>
public sealed class ProfileFileTests
{
    [Fact]
    public void Folded_stacks_have_a_line_each()
    {
        Assert.Equal("main 500\nmain;b 200\nmain;a 100\nmain;a;b 200\n", Write(FoldedStacks.Write, Profiles.Small()));
    }

    [Fact]
    public void Folded_stacks_beyond_the_limit_are_put_together()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        FoldedStacks.Write(Profiles.Small(), writer, maxLength: 10);

        Assert.Equal("main 500\nmain;b 200\n[more stacks] 300\n", writer.ToString());
    }

    [Fact]
    public void A_hostile_name_stays_in_its_folded_line()
    {
        var lines = Write(FoldedStacks.Write, Profiles.Hostile()).TrimEnd('\n').Split('\n');

        Assert.Equal(@"</title><script>alert('1')</script>&""\:\u001b[2J\u202e\uffff 7", Assert.Single(lines));
    }

    [Fact]
    public void Speedscope_events_nest_and_last_as_long_as_their_gas()
    {
        var json = JsonDocument.Parse(Write(SpeedscopeFile.Write, Profiles.Small())).RootElement;
        var frames = json.GetProperty("shared").GetProperty("frames").EnumerateArray()
            .Select(frame => frame.GetProperty("name").GetString()).ToList();
        var profile = Assert.Single(json.GetProperty("profiles").EnumerateArray());
        var events = profile.GetProperty("events").EnumerateArray().Select(step =>
            $"{step.GetProperty("type").GetString()} {frames[step.GetProperty("frame").GetInt32()]} {step.GetProperty("at").GetUInt64()}");

        Assert.Equal(["main", "b", "a"], frames);
        Assert.Equal((0UL, 1000UL), (profile.GetProperty("startValue").GetUInt64(), profile.GetProperty("endValue").GetUInt64()));
        Assert.Equal(
            ["O main 0", "O a 0", "O b 0", "C b 200", "C a 300", "O b 300", "C b 500", "C main 1000"], events);
    }

    [Fact]
    public void A_hostile_name_is_a_string_of_the_speedscope_file()
    {
        var json = JsonDocument.Parse(Write(SpeedscopeFile.Write, Profiles.Hostile())).RootElement;
        var frame = Assert.Single(json.GetProperty("shared").GetProperty("frames").EnumerateArray());

        Assert.Equal(@"</title><script>alert('1')</script>&""\;\u001b[2J\u202e\uffff", frame.GetProperty("name").GetString());
    }

    [Fact]
    public void Boxes_are_as_wide_as_their_gas_and_hang_from_their_callers()
    {
        var boxes = BoxesOf(Profiles.Small());

        Assert.Equal(
            [("main", 10, 1180), ("a", 10, 354), ("b", 10, 236), ("b", 364, 236)],
            boxes.Select(box => (box.Name, box.Left, box.Width)));
        Assert.Equal([0, 17, 34, 17], boxes.Select(box => box.Top - boxes[0].Top));
        Assert.All(boxes, box => Assert.Contains($"{box.Name}: ", box.Title, StringComparison.Ordinal));
        Assert.Equal("main: 1,000 gas, 100.0%", boxes[0].Title);
    }

    [Fact]
    public void A_hostile_name_is_text_of_the_graph()
    {
        var box = Assert.Single(BoxesOf(Profiles.Hostile()));

        Assert.Equal(@"</title><script>alert('1')</script>&""\;\u001b[2J\u202e\uffff: 7 gas, 100.0%", box.Title);
    }

    [Fact]
    public void A_long_name_is_cut_between_characters()
    {
        var name = string.Concat(Enumerable.Repeat("\U0001F600", 200));

        var title = Assert.Single(BoxesOf(Profiles.Of(new StackProfile(-1, name, 1)))).Title;

        Assert.Equal($"{name[..120]}…: 1 gas, 100.0%", title);
        Assert.Equal($"x{name[..118]}… 1\n", Write(FoldedStacks.Write, Profiles.Of(new StackProfile(-1, "x" + name, 1))));
    }

    [Fact]
    public void A_stack_of_two_hundred_functions_and_a_profile_of_nothing_are_drawn()
    {
        var deep = Enumerable.Range(0, 200).Select(depth => new StackProfile(depth - 1, "f", 1)).ToArray();

        Assert.Equal(200, BoxesOf(Profiles.Of(deep)).Count);
        Assert.Empty(BoxesOf(Profiles.Of()));
        Assert.Empty(Write(FoldedStacks.Write, Profiles.Of()));
    }

    private static string Write(Action<GasProfile, Stream> write, GasProfile profile)
    {
        using var stream = new MemoryStream();
        write(profile, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>The boxes of a graph, in which there may be nothing but boxes and text.</summary>
    private static List<(string Name, string Title, double Left, double Top, double Width)> BoxesOf(GasProfile profile)
    {
        var root = XDocument.Parse(Write(FlameGraph.Write, profile)).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.Equal(["g", "rect", "svg", "text", "title"], root.DescendantsAndSelf().Select(element => element.Name.LocalName).Append("g").Append("title").Distinct().Order());
        return [.. root.Elements(svg + "g").Select(group => (
            group.Element(svg + "text")?.Value ?? string.Empty,
            group.Element(svg + "title")!.Value,
            Number(group, "x"),
            Number(group, "y"),
            Number(group, "width")))];

        double Number(XElement group, string name) =>
            double.Parse(group.Element(svg + "rect")!.Attribute(name)!.Value, CultureInfo.InvariantCulture);
    }
}
