using System.Diagnostics;
using System.Reflection;

namespace Pvm2.Measuring;

/// <summary>Whether figures of this process can mean anything.</summary>
public static class BuildCheck
{
    private const string OurPrefix = "Pvm2.";

    /// <summary>
    /// Why nothing should be measured: a debugger, or an assembly of ours, of those that are loaded by now, that the
    /// compiler has not optimised. Null where there is no reason.
    /// </summary>
    public static string? FindObstacle() => Debugger.IsAttached
        ? "a debugger is attached"
        : FindObstacle(AppDomain.CurrentDomain.GetAssemblies());

    /// <summary>Why nothing should be measured with these assemblies; null where there is no reason.</summary>
    public static string? FindObstacle(ReadOnlySpan<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            if (assembly.GetName().Name is { } name
                && name.StartsWith(OurPrefix, StringComparison.Ordinal)
                && assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            {
                return $"{name} is a debug build; build with -c Release";
            }
        }

        return null;
    }
}
