namespace Pvm2.Runtime.Execution;

/// <summary>The instructions that call the host.</summary>
public enum HostCallKind : byte
{
    /// <summary>No host call.</summary>
    None,

    /// <summary><c>ecalli</c>: a call by selector.</summary>
    Selector,

    /// <summary><c>ecall.jar</c>: a management call, its operation in φ[11] (a4), its subject and object in φ[12] (a5).</summary>
    Management,
}
