using Pvm2.Compare.Measuring;

namespace Pvm2.Compare.Tests.Measuring;

public class AllowedProcessorsTests
{
    [Theory]
    [InlineData("0-1", 1)]
    [InlineData("0,2", 2)]
    [InlineData("2-3,6", 6)]
    [InlineData("8-11", 11)]
    [InlineData("5", -1)]
    [InlineData("", -1)]
    public void LastOfSeveralIsChosen(string list, int expected) =>
        Assert.Equal(expected, AllowedProcessors.ChooseOne(["Name:\tdotnet", $"Cpus_allowed_list:\t{list}", "Mems_allowed_list:\t0-7"]));

    [Fact]
    public void NoneIsChosenWhereTheSystemDoesNotTell() => Assert.Equal(-1, AllowedProcessors.ChooseOne(["Name:\tdotnet"]));
}
