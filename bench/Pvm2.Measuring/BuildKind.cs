using System.Diagnostics;
using System.Reflection;

namespace Pvm2.Measuring;

/// <summary>Whether code was built and started in a way in which its speed means anything.</summary>
public static class BuildKind
{
    /// <summary>Says why the speed of assemblies would mean nothing in this process.</summary>
    /// <param name="assemblies">What is measured, and what measures.</param>
    /// <returns>The reason; null where there is none.</returns>
    public static string? WhyWorthless(params ReadOnlySpan<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        {
            if (assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            {
                return $"{assembly.GetName().Name} is a debug build: its figures would be worthless. Build it with -c Release.";
            }
        }

        return Debugger.IsAttached ? "A debugger is attached: figures would be worthless." : null;
    }
}
