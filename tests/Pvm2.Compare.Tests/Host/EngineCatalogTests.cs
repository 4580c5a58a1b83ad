using Pvm2.Compare.Host.Engines;
using Pvm2.Runtime.Gas;

namespace Pvm2.Compare.Tests.Host;

public class EngineCatalogTests
{
    [Fact]
    public void Every_engine_is_listed_once_and_found()
    {
        var ids = EngineCatalog.Ids.ToArray();

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.NotNull(EngineCatalog.Find(id)));
        string[] expected = ["interpreter/none", "native/pipeline", "il/flat", "aot/none", "auto/pipeline", "saved-r2r/flat", "wasmtime/fuel"];
        Assert.All(expected, id => Assert.Contains(id, ids));
    }

    [Theory]
    [InlineData("")]
    [InlineData("native")]
    [InlineData("native/")]
    [InlineData("native/fuel")]
    [InlineData("/pipeline")]
    [InlineData("auto/none")]
    [InlineData("wasmtime/pipeline")]
    [InlineData("native/pipeline/none")]
    public void What_is_not_listed_is_not_found(string id)
    {
        Assert.Null(EngineCatalog.Find(id));
        Assert.Null(EngineCatalog.FindTier(id));
    }

    [Fact]
    public void Engines_of_a_tier_are_told_from_others()
    {
        var found = EngineCatalog.FindTier("il/flat");

        Assert.Equal(("il", GasModel.Flat), (found?.Tier.Name, found?.Model));
        Assert.Null(EngineCatalog.FindTier("saved/flat"));
        Assert.Null(EngineCatalog.FindTier("wasmtime/none"));
    }
}
