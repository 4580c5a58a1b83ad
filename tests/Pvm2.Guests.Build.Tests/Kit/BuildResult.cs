namespace Pvm2.Guests.Build.Tests.Kit;

/// <summary>How a process ended, and what it wrote.</summary>
internal sealed record BuildResult(int Code, string Output);
