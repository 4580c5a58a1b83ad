using System.Runtime.Intrinsics.X86;
using Pvm2.Native.Lowering;
using Xunit;

namespace Pvm2.Native.Tests.Lowering;

public sealed class CpuFeaturesTests
{
    /// <summary>
    /// The runtime may have been told to leave extensions out, and may want more than the processor before it uses one,
    /// but it never uses what the processor has not got.
    /// </summary>
    [Fact]
    public void The_processor_says_what_the_runtime_says()
    {
        var features = CpuFeatures.AskProcessor();

        Assert.True(features.Bmi1 || !Bmi1.IsSupported);
        Assert.True(features.Bmi2 || !Bmi2.IsSupported);
        Assert.True(features.Lzcnt || !Lzcnt.IsSupported);
        Assert.True(features.Popcnt || !Popcnt.IsSupported);
        var names = Environment.GetEnvironmentVariables().Keys.Cast<string>();
        if (Avx2.IsSupported && names.All(name => !name.StartsWith("DOTNET_Enable", StringComparison.Ordinal)))
        {
            Assert.Equal(CpuFeatures.Detect(), features);
        }
    }
}
