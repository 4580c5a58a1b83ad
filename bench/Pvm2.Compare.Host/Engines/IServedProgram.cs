namespace Pvm2.Compare.Host.Engines;

/// <summary>A program that an engine has taken in. Any number of instances share its code.</summary>
internal interface IServedProgram : IDisposable
{
    /// <summary>Makes an instance that is ready to run, with more gas or fuel than it will ever use.</summary>
    IServedInstance CreateInstance();
}
